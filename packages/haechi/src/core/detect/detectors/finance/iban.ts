import type { Detector } from "../../detector.ts";
import { ibanInAnyGrouping, ibanPrinted, isIban } from "../../numbering/iban-structure.ts";
import { standing, standingAlone } from "../../surroundings/edges.ts";

// ISO 13616: country, two check digits, national part; in print in groups of four.
// The length of the country is part of the pattern, so that a word after the last
// group is never taken for one more group.
export const iban: Detector = {
  id: "iban",
  entityType: "iban",
  confidence: 0.9,
  anchor: { kind: "digits", run: 2, lead: 8 },
  pattern: new RegExp(`${standingAlone(ibanInAnyGrouping())}|${standing(`(?:IBAN ?)?${ibanPrinted()}`)}`, "i"),
  accepts: isIban,
  samples: {
    finds: [
      { text: "GB82WEST12345698765432", why: "no separators" },
      {
        text: "AL47 2121 1009 0000 0002 3569 8741 uses this",
        match: "AL47 2121 1009 0000 0002 3569 8741",
        why: "print form, a word of four letters behind it",
      },
      {
        text: "pay to DE 89 3704 0044 0532 0130 00",
        match: "DE 89 3704 0044 0532 0130 00",
        why: "the country set apart",
      },
      { text: "gb82west12345698765432", why: "lower case" },
      { text: "DE89-3704-0044-0532-0130-00", why: "hyphens" },
      { text: "GB29 NWBK 601613 31926819", why: "the groups of the country, the whole text" },
      { text: "DE89.3704.0044.0532.0130.00", why: "points" },
      { text: "IBANDE89370400440532013000", why: "its name directly before it" },
      {
        text: "IBAN: FR14 2004 1010 0505 0001 3M02 606.",
        match: "FR14 2004 1010 0505 0001 3M02 606",
        why: "sentence end",
      },
    ],
    ignores: [
      { text: "GB82WEST12345698765433", why: "a digit is changed" },
      { text: "GB82WEST1234569876543", why: "too short for the country" },
      { text: "DE00000000000000000066", why: "check digits that are never given" },
      { text: "ZZ82WEST12345698765432", why: "no such country" },
      { text: "xGB82WEST12345698765432", why: "a piece of a longer word" },
      { text: "GB82 WEST\n1234 5698 7654 32", why: "a line break inside" },
    ],
  },
};
