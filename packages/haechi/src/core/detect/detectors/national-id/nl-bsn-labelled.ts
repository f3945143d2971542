import type { Detector } from "../../detector.ts";
import { isBsn } from "../../numbering/bsn.ts";
import { standingFirst } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { labelWords } from "../../surroundings/label-words.ts";

const SEPARATORS = [" ", ".", "-", "/"];
// A date of birth, which often stands beside it, has two digits, two and four.
const FORMS = [
  "\\d{8,9}",
  grouped(["\\d{2,3}", "\\d{3}", "\\d{3}"], SEPARATORS),
  grouped(["\\d{4}", "\\d{2}", "\\d{3}"], SEPARATORS),
  grouped(["\\d{4}", "\\d{5}"], SEPARATORS),
  grouped(["\\d{2}", "\\d{2}", "\\d{2}", "\\d{2}", "\\d"], SEPARATORS),
];

// The same number, also with eight digits or in other groups, in a text that calls it so.
export const nlBsnLabelled: Detector = {
  id: "nl-bsn-labelled",
  entityType: "nl_bsn",
  confidence: 0.85,
  anchor: { kind: "digits", run: 2, lead: 1 },
  pattern: new RegExp(standingFirst(`(?:${FORMS.join("|")})`)),
  accepts: isBsn,
  context: {
    requires: labelWords(
      "bsn,bsns,bsn nummer,bsn nr,burgerservicenummer,burgerservicenummers,burger service nummer,burgerservicenr,sofinummer,sofi nummer,sofi,citizen service number,citizen service,persoonsnummer",
    ),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "BSN 111222333 klopt", match: "111222333", why: "the usual name" },
      { text: "burgerservicenummer 1112.22.333", match: "1112.22.333", why: "groups of four, two and three" },
      { text: "bsn: 111 222 333 ok", match: "111 222 333", why: "blanks" },
      { text: '{"patientBsn": 111222333}', match: "111222333", why: "a member of JSON" },
    ],
    ignores: [
      { text: "read 111222333 bytes", why: "no label" },
      { text: "BSN 111222334 klopt", why: "fails the 11-proef" },
    ],
  },
};
