import type { Detector } from "../../detector.ts";
import { EXTENSION } from "../../numbering/phone-extension.ts";
import { standing } from "../../surroundings/edges.ts";
import { amongFigures, anyOf, inHexDump, inPath, inUuid } from "../../surroundings/surroundings.ts";

// North American Numbering Plan, ten digits with separators. Dots alone are found only
// with the ranges of the plan (area and exchange 2 to 9), as versions look alike.
const FORMS = [
  "(?:1[ .-]?)?\\(\\d{3}\\)[ -]{0,2}\\d{3}(?:[-. ]| - )?\\d{4}",
  "(?:1[-. ])?\\d{3}-\\d{3}-\\d{4}",
  "(?:1[. ])?[2-9]\\d{2}\\.[2-9]\\d{2}\\.\\d{4}",
  "(?:1[ -])?[2-9]\\d{2}(?: [2-9]\\d{2}-|[-/.] ?[2-9]\\d{2}[- ]|-[2-9]\\d{2}[. ])\\d{4}",
];

export const usPhone: Detector = {
  id: "us-phone",
  entityType: "phone",
  confidence: 0.75,
  anchor: { kind: "digits", run: 3, lead: 4 },
  pattern: new RegExp(standing(`(?:${FORMS.join("|")})${EXTENSION}`), "i"),
  context: { rejects: anyOf(inHexDump, inUuid, inPath, amongFigures), reach: 40 },
  samples: {
    finds: [
      { text: "(415) 555-2671", why: "parentheses" },
      { text: "415-555-2671", why: "hyphens" },
      { text: "212.850.1368", why: "dots" },
      { text: "415 555-2671", why: "a blank and a hyphen" },
      { text: "(415)5552671", why: "an undivided number behind the area code" },
      { text: "1-206-922-8893", why: "the trunk 1" },
      { text: "1 (650) 253-0000", why: "the trunk 1 before parentheses" },
      { text: "Call (415)555-2671 ext. 12.", match: "(415)555-2671 ext. 12", why: "an extension" },
      { text: "650-253-0000 x1234", why: "a short extension" },
      { text: "T.415-555-2671", match: "415-555-2671", why: "a dot behind a label" },
    ],
    ignores: [
      { text: "4155552671", why: "no separators" },
      { text: "550e8400-415-555-2671", why: "a piece of a longer name" },
      { text: "1.212.155.1368", why: "a version: no exchange begins with 1" },
      { text: "415-555-26712", why: "too long" },
      { text: "2024-415-555-2671", why: "a piece of a longer number" },
      { text: "10.600 2931", why: "figures in a log" },
    ],
  },
};
