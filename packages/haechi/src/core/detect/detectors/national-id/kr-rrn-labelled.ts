import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import { hasBirthDate } from "../../numbering/kr-resident-number.ts";

// Anyone may have been given a new number since 2020-10-05, with random last
// digits: then the label and the day of birth are the evidence.
export const krRrnLabelled: Detector = {
  id: "kr-rrn-labelled",
  entityType: "kr_rrn",
  confidence: 0.6,
  anchor: { kind: "digits", run: 6 },
  pattern: /(?<![\w.-])\d{6} ?- ?[1-8]\d{6}(?![\w-])/,
  accepts: (match) => hasBirthDate(digitsOf(match)),
  context: {
    requires: "주민등록번호,주민번호,외국인등록번호,외국인번호,resident registration number".split(","),
    reach: 30,
  },
  samples: {
    finds: [{ text: "주민등록번호: 850315-2765432", match: "850315-2765432", why: "a renumbered citizen" }],
    ignores: [
      { text: "850315-2765432", why: "no label" },
      { text: "주민등록번호: 851315-2765432", why: "month 13" },
    ],
  },
};
