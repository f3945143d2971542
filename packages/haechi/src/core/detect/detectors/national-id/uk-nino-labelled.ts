import type { Detector } from "../../detector.ts";
import { hasNinoPrefix } from "../../numbering/nino.ts";
import { standing } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { labelWords } from "../../surroundings/label-words.ts";

const PREFIX = "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]";
const DIGITS = `(?:${grouped(["\\d{2}", "\\d{2}", "\\d{2}"], ["", " ", "-", "."])}|${grouped(["\\d{3}", "\\d{3}"], [" ", "-", "."])})`;

// The same number in any case and grouping, also without its last letter, in a
// text that calls it so.
export const ukNinoLabelled: Detector = {
  id: "uk-nino-labelled",
  entityType: "uk_nino",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 4 },
  pattern: new RegExp(standing(`${PREFIX}[ .-]?${DIGITS}(?:[ .-]?[A-D])?`), "i"),
  accepts: hasNinoPrefix,
  context: {
    requires: labelWords(
      "nino,ninos,national insurance,nat ins,nat. ins,ni,n.i.,ni number,ni no,ni num,nin,insurance number,insurance no",
    ),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "nino ab123456c", match: "ab123456c", why: "lower case" },
      { text: "National Insurance number: ab 123456 c", match: "ab 123456 c", why: "another grouping" },
      { text: "NI No AB123456.", match: "AB123456", why: "without its last letter" },
    ],
    ignores: [
      { text: "see ab123456c", why: "no label" },
      { text: "nino bg123456c", why: "an unused prefix" },
    ],
  },
};
