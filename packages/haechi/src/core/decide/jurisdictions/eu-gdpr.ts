import type { Jurisdiction } from "./jurisdiction.ts";

// Art. 87 leaves the conditions for national identification numbers to each member
// state; art. 4(5) and 25 name pseudonymisation, hence tokens for addresses.
export const euGdpr: Jurisdiction = {
  name: "eu-gdpr",
  region: "EU",
  regulations: ["General Data Protection Regulation (EU) 2016/679"],
  transfer: {
    requiresAssessment: true,
    note: "GDPR art. 44 to 49: a transfer to a third country needs an adequacy decision, safeguards or a derogation.",
  },
  actions: {
    email: "tokenize",
    phone: "mask",
    card: "block",
    api_key: "block",
    secret: "block",
    kr_rrn: "block",
    jp_mynumber: "block",
    fr_nir: "block",
    es_dni: "block",
    uk_nino: "block",
    it_codice_fiscale: "block",
    de_steuer_id: "block",
    nl_bsn: "block",
  },
};
