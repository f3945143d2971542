import { passesLuhn } from "../checksums/luhn.ts";
import { weightedSum } from "../checksums/weighted-sum.ts";
import { digitsOf } from "./digits-of.ts";
import { isShortDate } from "./two-digit-year.ts";

/** Swedish personnummer, also the samordningsnummer, whose day is 60 higher; the century may be left out. */
export function isPersonnummer(match: string): boolean {
  const digits = digitsOf(match).slice(-10);
  return passesLuhn(digits) && isShortDate(withPartLowered(digits, 4, 60), "YYMMDD");
}

/** Swedish organisationsnummer: the third digit is 2 or more, where a date has its month. */
export function isOrganisationsnummer(match: string): boolean {
  const digits = digitsOf(match).slice(-10);
  return /^[1-35-9]\d[2-9]/.test(digits) && passesLuhn(digits);
}

/** Finnish henkilötunnus: the date and the number, modulo 31, choose the last character. */
export function isHenkilotunnus(match: string): boolean {
  const date = match.slice(0, 6);
  const serial = match.slice(7, 10);
  const check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[Number(date + serial) % 31];
  return Number(serial) >= 2 && isShortDate(date, "DDMMYY") && check === match.at(-1)?.toUpperCase();
}

/** Finnish Y-tunnus. */
export function isYtunnus(match: string): boolean {
  const digits = digitsOf(match);
  return weightedSum(digits, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0 && Number(digits) > 0;
}

/** Danish CPR number. Since 2007 its modulus 11 need not hold. */
export function isCprNumber(match: string): boolean {
  return isShortDate(digitsOf(match), "DDMMYY");
}

/** Danish CVR number. */
export function isCvrNumber(match: string): boolean {
  const digits = digitsOf(match);
  return digits[0] !== "0" && weightedSum(digits, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
}

/** Norwegian fødselsnummer, also the D-nummer (day 40 higher) and the H-nummer (month 40 higher). */
export function isFodselsnummer(match: string): boolean {
  const digits = digitsOf(match);
  return (
    weightedSum(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 &&
    isShortDate(withPartLowered(withPartLowered(digits, 0, 40), 2, 40), "DDMMYY")
  );
}

/** Norwegian organisasjonsnummer. */
export function isOrganisasjonsnummer(match: string): boolean {
  const digits = digitsOf(match);
  return /^[89]/.test(digits) && weightedSum(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
}

/** Norwegian bank account number (kontonummer). */
export function isNorwegianAccount(match: string): boolean {
  return weightedSum(digitsOf(match), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
}

/** Icelandic kennitala; that of a firm has a day 40 higher. The last digit is the century. */
export function isKennitala(match: string): boolean {
  const digits = digitsOf(match);
  return (
    /[890]$/.test(digits) &&
    weightedSum(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 &&
    isShortDate(withPartLowered(digits, 0, 40), "DDMMYY")
  );
}

/** The digits with the two at the place lowered, when they are more than that. */
function withPartLowered(digits: string, at: number, by: number): string {
  const part = Number(digits.slice(at, at + 2));
  return part <= by ? digits : digits.slice(0, at) + String(part - by).padStart(2, "0") + digits.slice(at + 2);
}
