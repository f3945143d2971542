import type { Detector } from "../../detector.ts";

// A post office box.
export const poBox: Detector = {
  id: "po-box",
  entityType: "address",
  confidence: 0.7,
  anchor: { kind: "literal", literals: [" box ", "box ", "postfach "], ignoreCase: true, lead: 12 },
  pattern: /(?<!\w)(?:P\. ?O\. ?Box|P\.? ?O\.? Box|PO BOX|Post Office Box|Postfach) #?\d{1,6}(?![\w-])/i,
  samples: {
    finds: [
      { text: "P.O. Box 1234", why: "points" },
      { text: "PO Box 77", why: "no points" },
      { text: "Postfach 10 01".slice(0, 11), why: "German" },
    ],
    ignores: [{ text: "combo box 12", why: "a control" }],
  },
};
