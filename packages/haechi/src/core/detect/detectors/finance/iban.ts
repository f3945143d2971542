import { mod97 } from "../../checksums/mod97.ts";
import type { Detector } from "../../detector.ts";
import { hasBbanStructure, ibanLengths } from "../../numbering/iban-structure.ts";

// ISO 13616: country, two check digits, national part; in print in groups of four.
// The length of the country is part of the pattern, so that a word after the last
// group is never taken for one more group.
export const iban: Detector = {
  id: "iban",
  entityType: "iban",
  confidence: 0.9,
  anchor: { kind: "digits", run: 2, lead: 2 },
  pattern: new RegExp(`(?<![\\w-])(?:${formsByLength().join("|")})(?![\\w-])`, "i"),
  accepts: (match) => {
    const compact = match.replace(/[ -]/g, "").toUpperCase();
    // ISO 7064 gives check digits from 02 to 98.
    if (!/^..(?:0[2-9]|[1-8]\d|9[0-8])/.test(compact)) return false;
    return hasBbanStructure(compact) && mod97(compact.slice(4) + compact.slice(0, 4)) === 1;
  },
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

function formsByLength(): string[] {
  const countriesByLength = Map.groupBy(ibanLengths(), ([, length]) => length);
  return [...countriesByLength].flatMap(([length, entries]) => {
    const start = `(?:${entries.map(([country]) => country).join("|")})\\d{2}`;
    const groups = Math.floor((length - 4) / 4);
    const rest = (length - 4) % 4;
    const printed = (separator: string) =>
      `(?:[${separator}][A-Z0-9]{4}){${groups}}${rest ? `[${separator}][A-Z0-9]{${rest}}` : ""}`;
    return `${start}(?:[A-Z0-9]{${length - 4}}|${printed(" ")}|${printed("-")})`;
  });
}
