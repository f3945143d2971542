import type { Detector } from "../../detector.ts";
import { standing } from "../../edges.ts";
import { grouped } from "../../grouped.ts";
import { isBsn } from "../../numbering/bsn.ts";

// The same number, also with eight digits or in other groups, in a text that calls it so.
export const nlBsnLabelled: Detector = {
  id: "nl-bsn-labelled",
  entityType: "nl_bsn",
  confidence: 0.85,
  anchor: { kind: "digits", run: 2, lead: 0 },
  pattern: new RegExp(
    standing(
      `(?:\\d{8,9}|${grouped(["\\d{2,3}", "\\d{3}", "\\d{3}"], [" ", ".", "-"])}|${grouped(["\\d{4}", "\\d{2}", "\\d{3}"], [" ", "."])})`,
    ),
  ),
  accepts: isBsn,
  context: {
    requires: "bsn,burgerservicenummer,burger service nummer,bsn-nummer,sofinummer,sofi-nummer,sofi nummer".split(","),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "BSN 111222333 klopt", match: "111222333", why: "the usual name" },
      { text: "burgerservicenummer 1112.22.333", match: "1112.22.333", why: "groups of four, two and three" },
      { text: "bsn: 111 222 333 ok", match: "111 222 333", why: "blanks" },
    ],
    ignores: [
      { text: "read 111222333 bytes", why: "no label" },
      { text: "BSN 111222334 klopt", why: "fails the 11-proef" },
    ],
  },
};
