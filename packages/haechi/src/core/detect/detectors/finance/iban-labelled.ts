import type { Detector } from "../../detector.ts";
import { ibanInAnyGrouping, isIban } from "../../numbering/iban-structure.ts";
import { standing } from "../../surroundings/edges.ts";
import { labelWords } from "../../surroundings/label-words.ts";

// The same number in any grouping, in a text that calls it so.
export const ibanLabelled: Detector = {
  id: "iban-labelled",
  entityType: "iban",
  confidence: 0.9,
  anchor: { kind: "digits", run: 2, lead: 4 },
  pattern: new RegExp(standing(ibanInAnyGrouping()), "i"),
  accepts: isIban,
  context: {
    requires: labelWords("iban,ibans,bank account,account number,kontonummer,conto,cuenta,compte,계좌"),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "IBAN DE89 37040044 0532013000", match: "DE89 37040044 0532013000", why: "the groups of the country" },
      { text: "iban: NL 91 ABNA 0417 1643 00", match: "NL 91 ABNA 0417 1643 00", why: "the country set apart" },
    ],
    ignores: [
      { text: "see DE89 37040044 0532013000", why: "no label" },
      { text: "IBAN DE89 37040044 0532013001", why: "a digit is changed" },
    ],
  },
};
