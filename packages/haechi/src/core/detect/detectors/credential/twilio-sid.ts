import type { Detector } from "../../detector.ts";

// Twilio account and API key identifiers: two letters and 32 hex digits.
export const twilioSid: Detector = {
  id: "twilio-sid",
  entityType: "api_key",
  confidence: 0.9,
  anchor: { kind: "literal", literals: ["AC", "SK"] },
  pattern: /(?<!\w)(?:AC|SK)[\da-fA-F]{32}(?!\w)/,
  samples: {
    finds: [
      { text: `AC${"0a1b2c3d".repeat(4)}`, why: "an account" },
      { text: `SK${"0a1b2c3d".repeat(4)}`, why: "an API key" },
    ],
    ignores: [
      { text: `AC${"0g1z2y3d".repeat(4)}`, why: "base62, not hex" },
      { text: `AC${"0a1b2c3".repeat(4)}`, why: "too short" },
    ],
  },
};
