import type { Detector } from "../../detector.ts";

// The same number in any case and grouping, also without its last letter, in a
// text that calls it so.
export const ukNinoLabelled: Detector = {
  id: "uk-nino-labelled",
  entityType: "uk_nino",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 3 },
  pattern: /(?<![\w-])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2}(?: ?[A-D])?(?![\w-])/i,
  accepts: (match) => !UNUSED_PREFIXES.has(match.slice(0, 2).toUpperCase()),
  context: {
    requires: ["nino", "national insurance", "ni number", "ni no", "nat. ins", "insurance number"],
    reach: 40,
  },
  samples: {
    finds: [
      { text: "nino ab123456c", match: "ab123456c", why: "lower case" },
      { text: "National Insurance number: ab 123456 c", match: "ab 123456 c", why: "another grouping" },
    ],
    ignores: [
      { text: "ab123456c", why: "no label" },
      { text: "nino bg123456c", why: "an unused prefix" },
    ],
  },
};

const UNUSED_PREFIXES = new Set(["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"]);
