import type { Detector } from "../../detector.ts";
import { standing } from "../../edges.ts";
import { ibanForms, isIban } from "../../numbering/iban-structure.ts";

// ISO 13616: country, two check digits, national part; in print in groups of four.
// The length of the country is part of the pattern, so that a word after the last
// group is never taken for one more group.
export const iban: Detector = {
  id: "iban",
  entityType: "iban",
  confidence: 0.9,
  anchor: { kind: "digits", run: 2, lead: 8 },
  pattern: new RegExp(standing(`(?:IBAN ?)?(?:${ibanForms((countries) => `(?:${countries})\\d{2}`, printed)})`), "i"),
  accepts: isIban,
  samples: {
    finds: [
      { text: "GB82WEST12345698765432", why: "no separators" },
      {
        text: "AL47 2121 1009 0000 0002 3569 8741 uses this",
        match: "AL47 2121 1009 0000 0002 3569 8741",
        why: "print form, a word of four letters behind it",
      },
      { text: "gb82west12345698765432", why: "lower case" },
      { text: "DE89-3704-0044-0532-0130-00", why: "hyphens" },
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

function printed(length: number): string {
  const groups = Math.floor(length / 4);
  const rest = length % 4;
  const inFours = [" ", "-", ".", "/"].map(
    (separator) => `(?:[${separator}][A-Z0-9]{4}){${groups}}${rest ? `[${separator}][A-Z0-9]{${rest}}` : ""}`,
  );
  return `(?:[A-Z0-9]{${length}}|${inFours.join("|")})`;
}
