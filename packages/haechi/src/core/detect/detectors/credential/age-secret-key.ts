import type { Detector } from "../../detector.ts";

// An identity of age: Bech32 (BIP 173) in upper case, 58 characters behind the separator.
export const ageSecretKey: Detector = {
  id: "age-secret-key",
  entityType: "secret",
  confidence: 0.98,
  anchor: { kind: "literal", literals: ["AGE-SECRET-KEY-1", "AGE-PLUGIN-"] },
  pattern:
    /(?<!\w)AGE-(?:SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}|PLUGIN-[A-Z\d]{1,20}-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{30,200})(?!\w)/,
  samples: {
    finds: [{ text: `AGE-SECRET-KEY-1${"QPZRY9X8".repeat(7)}GF`, why: "an identity" }],
    ignores: [{ text: `AGE-SECRET-KEY-1${"QPZRY9X8".repeat(6)}`, why: "too short" }],
  },
};
