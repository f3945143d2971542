import type { Detector } from "../../detector.ts";

// Japanese postal codes behind their sign.
export const jpPostalCode: Detector = {
  id: "jp-postal-code",
  entityType: "address",
  confidence: 0.85,
  anchor: { kind: "literal", literals: Array.from("0123456789 ", (sign) => `〒${sign}`) },
  pattern: /〒 ?\d{3}-?\d{4}(?!\d)/,
  samples: {
    finds: [{ text: "〒100-0001", why: "Tokyo" }],
    ignores: [{ text: "100-0001", why: "no sign" }],
  },
};
