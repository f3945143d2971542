import type { Detector } from "../../detector.ts";

// Google API keys: AIza and 35 characters of base64url, the last of which may be a hyphen.
export const googleApiKey: Detector = {
  id: "google-api-key",
  entityType: "api_key",
  confidence: 0.9,
  anchor: { kind: "literal", literals: ["AIza"] },
  pattern: /(?<!\w)AIza[\w-]{35}(?![\w-])/,
  samples: {
    finds: [
      { text: `AIza${"Sy-d_".repeat(7)}`, why: "a key" },
      { text: `AIza${"Sy3d-".repeat(7)}`, why: "a hyphen at the end" },
    ],
    ignores: [
      { text: `AIza${"Sy3d_".repeat(6)}`, why: "too short" },
      { text: `AIza${"Sy3d_".repeat(8)}`, why: "too long" },
    ],
  },
};
