import type { Detector } from "../../detector.ts";
import { AADHAAR_FORMS, isAadhaar } from "../../numbering/aadhaar.ts";
import { MY_NUMBER_LABELS } from "../../numbering/jp-my-number.ts";
import { otherNumberWords } from "../../numbering/other-numbers.ts";
import { standingAlone, standingApart, standingAtEdge } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import {
  amongFigures,
  anyOf,
  inIban,
  inPartNumber,
  inQuantity,
  inTechnicalNumber,
} from "../../surroundings/surroundings.ts";

const GROUPS = ["[2-9]\\d{3}", "\\d{4}", "\\d{4}"];

// The Indian Aadhaar number (UIDAI): twelve digits, printed 4-4-4.
export const inAadhaar: Detector = {
  id: "in-aadhaar",
  entityType: "in_aadhaar",
  confidence: 0.85,
  anchor: { kind: "digits", run: 3, lead: 1 },
  pattern: new RegExp(
    `${standingAtEdge("[2-9]\\d{11}")}|${standingAlone(AADHAAR_FORMS)}|${standingApart(grouped(GROUPS, ["-", " "]))}`,
  ),
  accepts: isAadhaar,
  context: {
    forbids: [...otherNumberWords, ...MY_NUMBER_LABELS],
    rejects: anyOf(inTechnicalNumber, inIban, amongFigures, inPartNumber, inQuantity),
    reach: 24,
  },
  samples: {
    finds: [
      { text: "234123412346", why: "the whole text" },
      { text: "2341 2341 2346", why: "printed with blanks" },
      { text: "2341:2341:2346", why: "colons, the whole text" },
      { text: "uid 2341-2341-2346, please", match: "2341-2341-2346", why: "printed with hyphens" },
    ],
    ignores: [
      { text: "234123412347", why: "the check digit is wrong" },
      { text: "134123412346", why: "begins with 1" },
      { text: "034123412346", why: "begins with 0" },
      { text: "ab234123412346", why: "a piece of a longer word" },
      { text: "2341 2341 2346 2341", why: "a piece of a longer number" },
      { text: "wrote 234123412346 bytes", why: "a bare number inside a text says little" },
      { text: "duration_ns=234123412346", why: "a quantity" },
      { text: "account 2341 2341 2346", why: "called something else" },
      { text: "2341 2341\n2346", why: "a line break inside" },
    ],
  },
};
