import type { Detector } from "../../detector.ts";

// ISO 9362: bank, country, place, perhaps a branch. Words in capitals have the same
// shape, so the name stands right before the code.
export const swiftCode: Detector = {
  id: "swift-code",
  entityType: "bank_account",
  confidence: 0.7,
  anchor: {
    kind: "keyed",
    names: ["swift", "bic"],
    reach: 24,
    memberValue: /[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?/,
  },
  pattern:
    /(?<=(?<![a-z])(?:swift|bic)(?:[ _/-]?(?:swift|bic))?(?:[ _-]?(?:code|no|number))?["']?[ ]?(?:[:=#]|is)[ ]?["']?)[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?(?!\w)/i,
  accepts: (match) => /^[A-Z\d]+$/.test(match),
  samples: {
    finds: [
      { text: "SWIFT: DEUTDEFF", match: "DEUTDEFF", why: "eight characters" },
      { text: "BIC/SWIFT code: NEDSZAJJXXX", match: "NEDSZAJJXXX", why: "a branch" },
      { text: '"bic": "CHASUS33",', match: "CHASUS33", why: "in JSON" },
    ],
    ignores: [
      { text: "DEUTDEFF", why: "nothing calls it so" },
      { text: "swift: language", why: "a word" },
      { text: "the SWIFT MESSAGES", why: "a word in capitals" },
    ],
  },
};
