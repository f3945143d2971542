import { lettersAndDigitsOf } from "./letters-and-digits-of.ts";

/**
 * True when the last letter is the check letter of a Spanish DNI or NIE (Real Decreto
 * 1553/2005), or of the NIF of a person without one, which begins with K, L or M
 * (Real Decreto 1065/2007). The country may stand in front, as in a VAT number.
 */
export function hasDniLetter(text: string): boolean {
  const number = lettersAndDigitsOf(text).replace(/^ES/, "");
  const digits = number
    .slice(0, -1)
    .replace(/^[KLM]/, "")
    .replace(/^[XYZ]/, (prefix) => String("XYZ".indexOf(prefix)));
  return "TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23] === number.at(-1);
}
