import type { Detector } from "../../detector.ts";

// IAM unique identifiers: four letters for the kind of key, sixteen more.
export const awsAccessKeyId: Detector = {
  id: "aws-access-key-id",
  entityType: "api_key",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["AKIA", "ASIA", "ABIA", "ACCA"] },
  pattern: /(?<!\w)(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?!\w)/,
  samples: {
    finds: [
      { text: `AKIA${"Q7B2".repeat(4)}`, why: "a long-term key" },
      { text: `id=ASIA${"Z".repeat(16)};`, match: `ASIA${"Z".repeat(16)}`, why: "a session key" },
    ],
    ignores: [
      { text: `AKIA${"Q".repeat(15)}`, why: "one too short" },
      { text: `AKIA${"Q".repeat(17)}`, why: "one too long" },
      { text: `akia${"q".repeat(16)}`, why: "lower case" },
      { text: `XAKIA${"Q".repeat(16)}`, why: "a piece of a longer word" },
    ],
  },
};
