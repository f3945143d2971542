import type { Detector } from "../../detector.ts";
import { standingApart, standingAtEdge } from "../../edges.ts";
import { grouped } from "../../grouped.ts";
import { isBsn } from "../../numbering/bsn.ts";

// The Dutch citizen service number (burgerservicenummer): nine digits.
export const nlBsn: Detector = {
  id: "nl-bsn",
  entityType: "nl_bsn",
  confidence: 0.8,
  anchor: { kind: "digits", run: 3, lead: 1 },
  pattern: new RegExp(
    `${standingAtEdge("\\d{9}")}|${standingApart(grouped(["\\d{3}", "\\d{3}", "\\d{3}"], [".", "-"]))}`,
  ),
  accepts: isBsn,
  samples: {
    finds: [
      { text: "111222333", why: "the whole text" },
      { text: "nummer 111.222.333", match: "111.222.333", why: "printed with dots" },
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
    ],
  },
};
