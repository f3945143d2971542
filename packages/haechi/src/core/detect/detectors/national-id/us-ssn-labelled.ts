import type { Detector } from "../../detector.ts";
import { standing } from "../../edges.ts";
import { isSocialSecurityNumber } from "../../numbering/us-social-security.ts";

// Nine bare digits that are called a social security number in full.
export const usSsnLabelled: Detector = {
  id: "us-ssn-labelled",
  entityType: "us_ssn",
  confidence: 0.7,
  anchor: { kind: "digits", run: 9 },
  pattern: new RegExp(standing("\\d{9}")),
  accepts: isSocialSecurityNumber,
  context: { requires: ["social security", "social_security", "socialsecurity", "social-security"], reach: 40 },
  samples: {
    finds: [{ text: "social security number 078051120", match: "078051120", why: "the label in full" }],
    ignores: [
      { text: "078051120", why: "no label" },
      { text: "social security number 666051120", why: "area 666" },
    ],
  },
};
