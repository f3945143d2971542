import type { Detector } from "../../detector.ts";
import { grouped } from "../../grouped.ts";

// National Insurance number (HMRC NIM39110): two letters, six digits, A to D;
// printed in pairs. Without a check digit, capitals are required.
export const ukNino: Detector = {
  id: "uk-nino",
  entityType: "uk_nino",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 3 },
  pattern: new RegExp(
    `(?<![\\w-])${grouped(
      ["[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]", "\\d{2}", "\\d{2}", "\\d{2}", "[A-D]"],
      ["", " ", "-"],
    )}(?![\\w-])`,
  ),
  accepts: (match) => !UNUSED_PREFIXES.has(match.slice(0, 2)),
  samples: {
    finds: [
      { text: "AB123456C", why: "no separators" },
      { text: "AA 12 34 56 B", why: "print form" },
      { text: "NI: AB-12-34-56-C.", match: "AB-12-34-56-C", why: "hyphens" },
    ],
    ignores: [
      { text: "BG123456C", why: "an unused prefix" },
      { text: "AO123456C", why: "O as the second letter" },
      { text: "DA123456C", why: "D as the first letter" },
      { text: "AB123456E", why: "no suffix E" },
      { text: "ab123456c", why: "lower case without a label" },
      { text: "XAB123456C", why: "a piece of a longer word" },
      { text: "AB 12 34\n56 C", why: "a line break inside" },
    ],
  },
};

const UNUSED_PREFIXES = new Set(["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"]);
