import { mod11And10CheckDigit } from "../checksums/iso7064.ts";
import { passesLuhn } from "../checksums/luhn.ts";
import { mod97 } from "../checksums/mod97.ts";
import { passesVerhoeff } from "../checksums/verhoeff.ts";
import { digitsOf } from "../numbering/digits-of.ts";

/** The checks that an operator's rule may name, by name. Each sees the text of a match. */
export const CUSTOM_VALIDATORS = {
  /** ISO/IEC 7812-1, annex B. */
  luhn: (match) => digitsOf(match).length > 1 && passesLuhn(digitsOf(match)),
  /** The algorithm of J. Verhoeff, 1969. */
  verhoeff: (match) => digitsOf(match).length > 1 && passesVerhoeff(digitsOf(match)),
  /** ISO/IEC 7064 MOD 97-10 as IBANs use it: the first four characters go to the end, letters count from 10. */
  mod97: (match) => {
    const characters = match.replace(/[^A-Za-z0-9]/g, "").toUpperCase();
    return characters.length > 4 && mod97(characters.slice(4) + characters.slice(0, 4)) === 1;
  },
  /** ISO/IEC 7064 MOD 11,10. */
  "mod11-10": (match) => {
    const digits = digitsOf(match);
    return digits.length > 1 && mod11And10CheckDigit(digits.slice(0, -1)) === Number(digits.at(-1));
  },
} as const satisfies Record<string, (match: string) => boolean>;

export type CustomValidator = keyof typeof CUSTOM_VALIDATORS;
