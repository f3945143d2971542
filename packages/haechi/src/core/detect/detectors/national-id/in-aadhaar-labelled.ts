import type { Detector } from "../../detector.ts";
import { standing } from "../../edges.ts";
import { grouped } from "../../grouped.ts";
import { isAadhaar } from "../../numbering/aadhaar.ts";

// The same number anywhere in a text that calls it so.
export const inAadhaarLabelled: Detector = {
  id: "in-aadhaar-labelled",
  entityType: "in_aadhaar",
  confidence: 0.85,
  anchor: { kind: "digits", run: 4, lead: 0 },
  pattern: new RegExp(standing(grouped(["[2-9]\\d{3}", "\\d{4}", "\\d{4}"], ["", "-", " ", "."]))),
  accepts: isAadhaar,
  context: { requires: "aadhaar,aadhar,adhaar,uidai,आधार".split(","), reach: 40 },
  samples: {
    finds: [
      { text: "my aadhaar 234123412346 is linked", match: "234123412346", why: "the usual name" },
      { text: "आधार 2341.2341.2346 है", match: "2341.2341.2346", why: "Hindi, dots" },
    ],
    ignores: [
      { text: "wrote 234123412346 bytes", why: "no label" },
      { text: "aadhaar 234123412347 is linked", why: "the check digit is wrong" },
    ],
  },
};
