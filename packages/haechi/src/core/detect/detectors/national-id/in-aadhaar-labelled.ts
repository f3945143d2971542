import type { Detector } from "../../detector.ts";
import { AADHAAR_FORMS, AADHAAR_LABELS, isAadhaar } from "../../numbering/aadhaar.ts";
import { standingFirst } from "../../surroundings/edges.ts";

// The same number anywhere, in any grouping, in a text that calls it so.
export const inAadhaarLabelled: Detector = {
  id: "in-aadhaar-labelled",
  entityType: "in_aadhaar",
  confidence: 0.85,
  anchor: { kind: "digits", run: 2, lead: 1 },
  pattern: new RegExp(standingFirst(AADHAAR_FORMS)),
  accepts: isAadhaar,
  context: {
    requires: AADHAAR_LABELS,
    reach: 40,
  },
  samples: {
    finds: [
      { text: "my aadhaar 234123412346 is linked", match: "234123412346", why: "the usual name" },
      { text: "आधार 2341.2341.2346 है", match: "2341.2341.2346", why: "Hindi, dots" },
      { text: "aadhaarNumber=234123412346", match: "234123412346", why: "a key" },
    ],
    ignores: [
      { text: "wrote 234123412346 bytes", why: "no label" },
      { text: "aadhaar 234123412347 is linked", why: "the check digit is wrong" },
    ],
  },
};
