import type { Detector } from "../../detector.ts";

// A client secret of Microsoft Entra ID: three characters, a digit, `Q~`, 31 to 34 more.
export const azureClientSecret: Detector = {
  id: "azure-client-secret",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "literal", literals: Array.from("0123456789", (digit) => `${digit}Q~`), lead: 3 },
  pattern: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/,
  samples: {
    finds: [{ text: `aB.8Q~${"x-Y_".repeat(8)}`, why: "a secret" }],
    ignores: [{ text: "aB.8Q~short", why: "too short" }],
  },
};
