import type { Detector } from "../../detector.ts";
import { isCodiceFiscale } from "../../numbering/codice-fiscale.ts";
import { standing } from "../../surroundings/edges.ts";

// A digit, or the letter that stands for it where codes collide (omocodia).
const DIGIT = "[\\dLMNP-V]";

// Surname, given name, year, month letter, day and sex, place, check letter.
export const itCodiceFiscale: Detector = {
  id: "it-codice-fiscale",
  entityType: "it_codice_fiscale",
  confidence: 0.9,
  anchor: { kind: "digits", run: 1, lead: 19 },
  pattern: new RegExp(
    standing(
      `[A-Z]{3}[ -]?[A-Z]{3}[ -]?${DIGIT}{2}[ -]?[ABCDEHLMPRST][0-7LMNPQRST]${DIGIT}[ -]?[A-Z]${DIGIT}{3}[ -]?[A-Z]`,
    ),
    "i",
  ),
  accepts: (match) => isCodiceFiscale(match) && (!/[ -]/.test(match) || isPrinted(match)),
  samples: {
    finds: [
      { text: "RSSMRA85T10A562S", why: "a man" },
      { text: "rssmra85t10a562s", why: "lower case" },
      { text: "RSS MRA 85T10 A562S", why: "blanks between the parts" },
      { text: "RSSMRA-85T10-A562S", why: "hyphens between the parts" },
      { text: "RSS MRA 85 T10 A562S", why: "the year set apart" },
      { text: "RCCMNL83S18D969H.", match: "RCCMNL83S18D969H", why: "sentence end" },
      { text: "RSSMRA45C12F20RX", why: "omocodia: a letter for the last digit" },
      { text: "RSSMRAQRCM2FNLRR", why: "omocodia: one digit is left" },
    ],
    ignores: [
      { text: "RSSMRA85T10A562T", why: "the check letter is wrong" },
      { text: "RSSMRA85T00A562S", why: "no day 0" },
      { text: "RSSMRA85F10A562S", why: "no such month letter" },
      { text: "serial 43RT1PPVQY", why: "a word and a serial number" },
      { text: "XRSSMRA85T10A562S", why: "a piece of a longer word" },
    ],
  },
};

/** What is set apart has one case throughout, or it is a word and a serial number. */
function isPrinted(match: string): boolean {
  return match === match.toUpperCase() || match === match.toLowerCase();
}
