import type { Jurisdiction } from "./jurisdiction.ts";

// The My Number Act limits the use of individual numbers to the purposes it lists.
export const jpAppi: Jurisdiction = {
  name: "jp-appi",
  region: "JP",
  regulations: ["Act on the Protection of Personal Information (APPI)", "My Number Act"],
  transfer: {
    requiresAssessment: true,
    note: "APPI art. 28: giving personal data to a third party abroad needs consent, an equivalent country or an equivalent system.",
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
