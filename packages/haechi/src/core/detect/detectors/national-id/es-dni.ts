import type { Detector } from "../../detector.ts";
import { hasDniLetter } from "../../numbering/es-dni.ts";
import { standing, standingAlone } from "../../surroundings/edges.ts";
import { anyOf, inLongerValue, inPartNumber } from "../../surroundings/surroundings.ts";

const LETTER = "[A-HJ-NP-TV-Z]";
const FORMS = [
  `\\d{7,8}-?${LETTER}`,
  `\\d{1,2}\\.\\d{3}\\.\\d{3}[-. ]?${LETTER}`,
  `\\d{1,2} \\d{3} \\d{3}[ -]${LETTER}`,
  `[XYZ][-. ]?(?:\\d{7,8}|\\d\\.\\d{3}\\.\\d{3}|\\d \\d{3} \\d{3})[-. ]?${LETTER}`,
];
const APART = `(?:[XYZ][ -]{0,2})?\\d{7,8}[ /-]{1,3}${LETTER}`;

// DNI: seven or eight digits and a letter. NIE: X, Y or Z, seven digits, a letter.
// Dots and blanks group thousands, a hyphen may set the letters apart; ES stands in
// front where it is a VAT number.
export const esDni: Detector = {
  id: "es-dni-nie",
  entityType: "es_dni",
  confidence: 0.85,
  anchor: { kind: "digits", run: 3, lead: 9 },
  pattern: new RegExp(`${standingAlone(APART)}|${standing(`(?:ES-?)?(?:${FORMS.join("|")})`)}`, "i"),
  accepts: (match) => !isQuantity(match) && hasDniLetter(match),
  context: { rejects: anyOf(inLongerValue, inPartNumber), reach: 40 },
  samples: {
    finds: [
      { text: "12345678Z", why: "a DNI" },
      { text: "X1234567L", why: "a NIE" },
      { text: "12.345.678-Z", why: "print form" },
      { text: "12345678-z", why: "lower case behind a hyphen" },
      { text: "X-1234567-L", why: "a NIE with hyphens" },
      { text: "12 345 678 Z", why: "blanks" },
      { text: "12345678 Z", why: "a blank before the letter, the whole text" },
      { text: "NIE x1234567l.", match: "x1234567l", why: "lower case" },
      { text: "ESX1234567L", why: "a VAT number" },
    ],
    ignores: [
      { text: "12345678A", why: "the letter is wrong" },
      { text: "12345678I", why: "no such check letter" },
      { text: "10000000L", why: "a round number with a suffix of a programming language" },
      { text: "abc12345678Z", why: "a piece of a longer word" },
      { text: "1234567l", why: "seven digits and a small letter: a piece of hex or a literal" },
      { text: "waited 12345678 S", why: "a unit behind a number" },
      { text: "see tag-20220407a", why: "a day and a letter" },
      { text: "12345678\nZ", why: "a line break inside" },
    ],
  },
};

/** A number with the suffix of a unit or of a literal, such as `10000000L` or `1234567s`, or a day such as `20220407a`. */
function isQuantity(match: string): boolean {
  return /0{4}[A-Z]$/i.test(match) || /^(?:\d{7}|(?:19|20)\d{2}[01]\d[0-3]\d)[a-z]$/.test(match);
}
