import type { Detector } from "../../detector.ts";
import { isBsn } from "../../numbering/bsn.ts";
import { otherNumberWords } from "../../numbering/other-numbers.ts";
import { standingAlone, standingApart, standingAtEdge } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { amongFigures, anyOf, inPartNumber, inQuantity, inTechnicalNumber } from "../../surroundings/surroundings.ts";

const inFourTwoThree = (separators: readonly string[]) => grouped(["\\d{4}", "\\d{2}", "\\d{3}"], separators);
// Other countries print nine digits in threes with blanks and hyphens.
const PRINTED = `(?:\\d{3}\\.\\d{3}\\.\\d{3}|${inFourTwoThree(["."])})`;

// The Dutch citizen service number (burgerservicenummer): nine digits.
export const nlBsn: Detector = {
  id: "nl-bsn",
  entityType: "nl_bsn",
  confidence: 0.8,
  anchor: { kind: "digits", run: 3, lead: 1 },
  pattern: new RegExp(
    `${standingAlone(inFourTwoThree([" ", "-"]))}|${standingAtEdge("\\d{9}")}|${standingApart(PRINTED)}`,
  ),
  accepts: isBsn,
  context: {
    forbids: otherNumberWords,
    rejects: anyOf(inTechnicalNumber, amongFigures, inPartNumber, inQuantity),
    reach: 24,
  },
  samples: {
    finds: [
      { text: "111222333", why: "the whole text" },
      { text: "nummer 111.222.333", match: "111.222.333", why: "printed with dots" },
      { text: "1112.22.333", why: "groups of four, two and three" },
      { text: "1112 22 333", why: "blanks, the whole text" },
      { text: "is 111222333.", match: "111222333", why: "closes a sentence" },
    ],
    ignores: [
      { text: "111222334", why: "fails the 11-proef" },
      { text: "000000000", why: "all zeros" },
      { text: "a111222333", why: "a piece of a longer word" },
      { text: "747d111222333c", why: "a piece of a digest" },
      { text: "111222333444", why: "a piece of a longer number" },
      { text: "111.222.333.444", why: "a piece of a longer number in print" },
      { text: "0.111222333", why: "a decimal fraction" },
      { text: "111222333.5", why: "a decimal fraction" },
      { text: "read 111222333 bytes", why: "a bare number inside a text says little" },
      { text: "CHE-111.222.333", why: "a number of another country" },
      { text: "111 222 333", why: "a number in thousands" },
      { text: "111-222-333", why: "as other countries print theirs" },
      { text: "111222333 bytes", why: "a quantity" },
      { text: "order 111222333", why: "called something else" },
    ],
  },
};
