import type { Detector } from "../../detector.ts";
import { isCnpj } from "../../numbering/latin-american-numbers.ts";

const SHAPE = "[A-Z\\d]{2}\\.?[A-Z\\d]{3}\\.?[A-Z\\d]{3}\\/?[A-Z\\d]{4}-?\\d{2}";

// The CNPJ of 2026 (Receita Federal, IN RFB 2.229) that opens with a letter.
export const brCnpjAlphanumeric: Detector = {
  id: "br-cnpj-alphanumeric",
  entityType: "tax_id",
  confidence: 0.9,
  anchor: { kind: "keyed", names: ["cnpj"], reach: 40, memberValue: new RegExp(SHAPE, "i") },
  pattern: new RegExp(`(?<=cnpj[^\\n]{0,40})(?<![\\w.-])${SHAPE}(?![\\w-])`, "i"),
  accepts: isCnpj,
  samples: {
    finds: [{ text: "CNPJ: AB.CDE.FGH/0001-95", match: "AB.CDE.FGH/0001-95", why: "letters" }],
    ignores: [
      { text: "CNPJ: AB.CDE.FGH/0001-96", why: "the check digit is wrong" },
      { text: "AB.CDE.FGH/0001-95", why: "no label" },
    ],
  },
};
