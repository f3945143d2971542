import type { Jurisdiction } from "./jurisdiction.ts";

// Art. 24-2 allows resident registration numbers only where a statute does; art. 28-8
// lists the grounds for a transfer abroad.
export const krPipa: Jurisdiction = {
  name: "kr-pipa",
  region: "KR",
  regulations: ["Personal Information Protection Act (PIPA)"],
  transfer: {
    requiresAssessment: true,
    note: "PIPA art. 28-8: a transfer abroad needs consent or another listed ground, and notice to the data subject.",
  },
  actions: {
    email: "redact",
    phone: "mask",
    card: "block",
    api_key: "block",
    secret: "block",
    kr_rrn: "block",
    jp_mynumber: "block",
  },
};
