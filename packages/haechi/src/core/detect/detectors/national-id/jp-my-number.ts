import type { Detector } from "../../detector.ts";
import { AADHAAR_LABELS } from "../../numbering/aadhaar.ts";
import { isMyNumber, MY_NUMBER_FORMS } from "../../numbering/jp-my-number.ts";
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

// The Japanese individual number (個人番号): twelve digits, printed 4-4-4.
export const jpMyNumber: Detector = {
  id: "jp-mynumber",
  entityType: "jp_mynumber",
  confidence: 0.9,
  anchor: { kind: "digits", run: 3, lead: 1 },
  // Rows of code points in tables of Unicode begin with 00.
  pattern: new RegExp(
    `${standingAlone(MY_NUMBER_FORMS)}|${standingAtEdge("\\d{12}")}|${standingApart(grouped(["(?:0[1-9]|[1-9]\\d)\\d{2}", "\\d{4}", "\\d{4}"], ["-", " "]))}`,
  ),
  accepts: isMyNumber,
  context: {
    forbids: [...otherNumberWords, ...AADHAAR_LABELS],
    rejects: anyOf(inTechnicalNumber, inIban, amongFigures, inPartNumber, inQuantity),
    reach: 24,
  },
  samples: {
    finds: [
      { text: "123456789018", why: "the whole text" },
      { text: "番号 1234-5678-9018", match: "1234-5678-9018", why: "printed with hyphens" },
      { text: "is 1234 5678 9018 ok", match: "1234 5678 9018", why: "printed with blanks" },
      { text: "123/456/789/018", why: "an unusual grouping, the whole text" },
      { text: "id 123456789018.", match: "123456789018", why: "closes a sentence" },
    ],
    ignores: [
      { text: "123456789012", why: "the check digit is wrong" },
      { text: "a123456789018", why: "a piece of a longer word" },
      { text: "sum 123456789018d3c", why: "a piece of a digest" },
      { text: "arn:aws:iam::123456789018:role/x", why: "an account id" },
      { text: "1234 5678 9018 4444", why: "a piece of a longer number" },
      { text: "123456789018.25", why: "a decimal fraction" },
      { text: "1234 5678-9018", why: "the separator changes" },
      { text: "took 123456789018 ns", why: "a bare number inside a text says little" },
      { text: "0065 0302 0341 ; e", why: "code points of Unicode" },
      { text: "UPC: 123456789018", why: "called something else" },
      { text: "1234 5678\n9018", why: "a line break inside" },
    ],
  },
};
