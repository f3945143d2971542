import type { Detector } from "../../detector.ts";

// North American Numbering Plan, ten digits with separators. Dots are found only
// with the ranges of the plan (area and exchange 2 to 9), as versions look alike.
export const usPhone: Detector = {
  id: "us-phone",
  entityType: "phone",
  confidence: 0.75,
  anchor: { kind: "digits", run: 3, lead: 3 },
  pattern:
    /(?<![\w.+-])(?:(?:1[ .-]?)?\(\d{3}\)[ -]?\d{3}[-. ]\d{4}|(?:1-)?\d{3}-\d{3}-\d{4}|(?:1\.)?[2-9]\d{2}\.[2-9]\d{2}\.\d{4}|1 [2-9]\d{2} [2-9]\d{2} \d{4})(?:,? ?(?:x|ext\.?) ?\d{1,6})?(?![\w-])/i,
  samples: {
    finds: [
      { text: "(415) 555-2671", why: "parentheses" },
      { text: "415-555-2671", why: "hyphens" },
      { text: "212.850.1368", why: "dots" },
      { text: "1-206-922-8893", why: "the trunk 1" },
      { text: "Call (415)555-2671 ext. 12.", match: "(415)555-2671 ext. 12", why: "an extension" },
    ],
    ignores: [
      { text: "4155552671", why: "no separators" },
      { text: "550e8400-415-555-2671", why: "a piece of a longer name" },
      { text: "1.212.155.1368", why: "a version: no exchange begins with 1" },
      { text: "415-555-26712", why: "too long" },
      { text: "2024-415-555-2671", why: "a piece of a longer number" },
    ],
  },
};
