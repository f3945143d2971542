import type { Detector } from "../../detector.ts";
import { standingAlone } from "../../edges.ts";

// Groups that are usual for phone numbers of countries without a trunk prefix, as
// the whole of a text or its first line: an answer, a cell of a table, a member.
const FORMS = [
  // Singapore, Hong Kong, Denmark.
  "[235689]\\d{3}[ -]\\d{4}",
  // Norway, Denmark.
  "[2-9]\\d(?: \\d{2}){3}",
  "[49]\\d{2} \\d{2} \\d{3}",
  // Poland, Spain.
  "[1-9]\\d \\d{3} \\d{2} \\d{2}",
  "[6-9]\\d{2} \\d{2} \\d{2} \\d{2}",
  // Mexico.
  "[2-9]\\d \\d{4} \\d{4}",
  // Italy, Greece.
  "(?:3[2-9]\\d|69\\d|210)[ /-]\\d{3} ?\\d{4}",
];

export const phoneAlone: Detector = {
  id: "phone-alone",
  entityType: "phone",
  confidence: 0.5,
  anchor: { kind: "digits", run: 2 },
  pattern: new RegExp(standingAlone(`(?:${FORMS.join("|")})`)),
  accepts: (match) => !/^(?:19|20)\d\d[ -](?:19|20)\d\d$/.test(match),
  samples: {
    finds: [
      { text: "6123 4567", why: "Singapore" },
      { text: "22 12 34 56", why: "Oslo" },
      { text: "333 1234567", why: "an Italian mobile number" },
    ],
    ignores: [
      { text: "about 6123 4567 of them", why: "inside a text" },
      { text: "2019-2020", why: "a range of years" },
      { text: "046 454 286", why: "threes" },
    ],
  },
};
