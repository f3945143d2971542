import { lettersAndDigitsOf } from "./letters-and-digits-of.ts";

/**
 * True when sixteen characters are an Italian codice fiscale (D.M. 23 December
 * 1976): the day of birth exists (women count from 41) and the check letter fits.
 * Where codes collide (omocodia) letters stand for digits.
 */
export function isCodiceFiscale(text: string): boolean {
  const code = lettersAndDigitsOf(text);
  const day = Number(digitAt(code, 9) + digitAt(code, 10)) % 40;
  return day >= 1 && day <= 31 && checkLetter(code.slice(0, 15)) === code[15];
}

/** The letters that stand for the digits 0 to 9. */
const OMOCODIA = "LMNPQRSTUV";

/** Values of 0 to 9 and of A to J, then of K to Z, at the odd places. */
const ODD_VALUES = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function digitAt(code: string, place: number): string {
  const character = code[place] ?? "";
  const substituted = OMOCODIA.indexOf(character);
  return substituted < 0 ? character : String(substituted);
}

function checkLetter(body: string): string {
  let sum = 0;
  for (let place = 0; place < body.length; place++) {
    const code = body.charCodeAt(place);
    const value = code < 65 ? code - 48 : code - 65;
    sum += place % 2 === 0 ? (ODD_VALUES[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26));
}
