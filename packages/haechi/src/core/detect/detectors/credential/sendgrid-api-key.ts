import type { Detector } from "../../detector.ts";

// SendGrid: an id of 22 and a secret of 43 characters.
export const sendgridApiKey: Detector = {
  id: "sendgrid-api-key",
  entityType: "api_key",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["SG."] },
  pattern: /(?<!\w)SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/,
  samples: {
    finds: [{ text: `SG.${"aB".repeat(11)}.${"c".repeat(43)}`, why: "a key" }],
    ignores: [
      { text: `SG.${"aB".repeat(10)}.${"c".repeat(43)}`, why: "the id is too short" },
      { text: `SG.${"aB".repeat(11)}.${"c".repeat(42)}`, why: "the secret is too short" },
      { text: `MSG.${"aB".repeat(11)}.${"c".repeat(43)}`, why: "a piece of a longer word" },
    ],
  },
};
