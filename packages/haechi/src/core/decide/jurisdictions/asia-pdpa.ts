import type { Jurisdiction } from "./jurisdiction.ts";

export const asiaPdpa: Jurisdiction = {
  name: "asia-pdpa",
  region: "ASIA",
  regulations: [
    "Personal Data Protection Act 2012 (Singapore)",
    "Personal Data Protection Act B.E. 2562 (Thailand)",
    "Digital Personal Data Protection Act 2023 (India)",
  ],
  transfer: {
    requiresAssessment: true,
    note: "Singapore PDPA s. 26 and Thailand PDPA s. 28: the destination must protect the data to a comparable standard.",
  },
  actions: {
    email: "redact",
    phone: "mask",
    card: "block",
    api_key: "block",
    secret: "block",
    kr_rrn: "block",
    jp_mynumber: "block",
    fr_nir: "block",
    es_dni: "block",
    it_codice_fiscale: "block",
    de_steuer_id: "block",
    nl_bsn: "block",
    sg_nric: "block",
    in_aadhaar: "block",
  },
};
