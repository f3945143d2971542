import type { Jurisdiction } from "./jurisdiction.ts";

export const usGeneral: Jurisdiction = {
  name: "us-general",
  region: "US",
  regulations: [
    "California Consumer Privacy Act (CCPA, as amended by CPRA)",
    "State privacy and breach-notification laws",
  ],
  transfer: {
    requiresAssessment: false,
    note: "No general rule on transfers abroad; sector rules and contracts may add one.",
  },
  actions: {
    email: "redact",
    phone: "mask",
    card: "block",
    api_key: "block",
    secret: "block",
    jp_mynumber: "block",
  },
};
