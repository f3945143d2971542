import { passesLuhn } from "../checksums/luhn.ts";
import { weightedSum } from "../checksums/weighted-sum.ts";
import { isCalendarDate } from "./calendar-date.ts";
import { digitsOf } from "./digits-of.ts";
import { isShortDate } from "./two-digit-year.ts";

/** US individual taxpayer number: 9xx, and a group from 50 to 65, 70 to 88, 90 to 92 or 94 to 99 (IRS IRM 3.21.263). */
export function isItin(match: string): boolean {
  return /^9\d\d(?:5\d|6[0-5]|[78]\d|9[0-24-9])/.test(digitsOf(match)) && !/^9\d\d89/.test(digitsOf(match));
}

/** US employer number: the first two digits are those of a campus or of the Internet (IRS). */
export function isEin(match: string): boolean {
  return /^(?:0[1-6]|1[0-6]|2[0-7]|3\d|4[0-8]|5\d|6[0-8]|7[1-7]|8[0-8]|9[0-5]|98|99)/.test(match);
}

/** ABA routing number: Federal Reserve prefix, weights 3 7 1. */
export function isRoutingNumber(match: string): boolean {
  const digits = digitsOf(match);
  const isPrefix = /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(digits);
  return isPrefix && Number(digits) > 0 && weightedSum(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;
}

/** US national provider identifier: Luhn behind the prefix 80840 of ISO 7812. */
export function isNpi(match: string): boolean {
  return passesLuhn(`80840${digitsOf(match)}`);
}

/** Registration number of the US Drug Enforcement Administration. */
export function isDeaNumber(match: string): boolean {
  const digits = digitsOf(match.slice(2));
  return weightedSum(digits, [1, 2, 1, 2, 1, 2]) % 10 === Number(digits[6]);
}

/** Number of the National Health Service of England, Wales and Man. */
export function isNhsNumber(match: string): boolean {
  const digits = digitsOf(match);
  return !/^(\d)\1+$/.test(digits) && weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
}

/** British unique taxpayer reference: the check digit is the first of ten. */
export function isUtr(match: string): boolean {
  const digits = digitsOf(match);
  const remainder = weightedSum(digits.slice(1), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
  return Number(digits) > 0 && digits[0] === "21987654321"[remainder];
}

/** British driving licence: surname, then the digits of the date of birth with the month 50 higher for women. */
export function isBritishDrivingLicence(match: string): boolean {
  const digits = match.slice(5, 11);
  const [month, day] = [Number(digits.slice(1, 3)) % 50, Number(digits.slice(3, 5))];
  // The decade stands before the month, the year behind the day.
  const year = Number(digits[0]! + digits[5]!);
  return isCalendarDate(1900 + year, month, day) || isCalendarDate(2000 + year, month, day);
}

/** Australian tax file number of nine or eight digits. */
export function isTfn(match: string): boolean {
  const digits = digitsOf(match);
  const weights = digits.length === 8 ? [10, 7, 8, 4, 6, 3, 5, 1] : [1, 4, 3, 7, 5, 8, 6, 9, 10];
  return Number(digits) > 0 && weightedSum(digits, weights) % 11 === 0;
}

/** Australian business number: modulus 89, with 1 taken from the first digit. */
export function isAbn(match: string): boolean {
  const digits = digitsOf(match);
  return digits[0] !== "0" && (weightedSum(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;
}

/** Australian company number. */
export function isAcn(match: string): boolean {
  const digits = digitsOf(match);
  return Number(digits) > 0 && weightedSum(digits, [8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0;
}

/** Australian Medicare card: check digit in the ninth place, number of the issue in the tenth. */
export function isAustralianMedicare(match: string): boolean {
  const digits = digitsOf(match);
  return /^[2-6]/.test(digits) && weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]);
}

/** Canadian social insurance number; no series begins with 0 or 8. */
export function isSin(match: string): boolean {
  const digits = digitsOf(match);
  return !/^[08]/.test(digits) && passesLuhn(digits);
}

/** Canadian business number: nine digits that pass Luhn, then perhaps a program and its account. */
export function isCanadianBusinessNumber(match: string): boolean {
  return passesLuhn(digitsOf(match).slice(0, 9));
}

/** Personal health number of British Columbia: 9, eight digits, a check digit modulo 11. */
export function isBritishColumbiaHealthNumber(match: string): boolean {
  const digits = digitsOf(match);
  const sum = weightedSum(digits.slice(1), [2, 4, 8, 5, 10, 9, 7, 3]);
  return digits[0] === "9" && (11 - (sum % 11)) % 11 === Number(digits[9]);
}

/** New Zealand IRD number: a second set of weights where the first leaves 10. */
export function isIrdNumber(match: string): boolean {
  const digits = digitsOf(match).padStart(9, "0");
  const number = Number(digits);
  if (number < 10_000_000 || number >= 150_000_000) return false;
  const first = (11 - (weightedSum(digits, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  const check = first === 10 ? (11 - (weightedSum(digits, [7, 4, 3, 2, 5, 2, 7, 6]) % 11)) % 11 : first;
  return check === Number(digits[8]);
}

/** Number of the New Zealand health index of the older kind: three letters without I and O, modulus 11. */
export function isNhiNumber(match: string): boolean {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  const sum = [...match.toUpperCase().slice(0, 6)].reduce((total, character, place) => {
    const value = place < 3 ? letters.indexOf(character) + 1 : Number(character);
    return total + value * (7 - place);
  }, 0);
  return sum % 11 !== 0 && (11 - (sum % 11)) % 10 === Number(match[6]);
}

/** Irish personal public service number: seven digits, a letter modulo 23, perhaps a second letter that counts nine times. */
export function isPpsNumber(match: string): boolean {
  const upper = match.replaceAll(" ", "").toUpperCase();
  const second = upper[8] ?? "W";
  const sum = weightedSum(upper, [8, 7, 6, 5, 4, 3, 2]) + 9 * PPS_LETTERS.indexOf(second);
  return PPS_LETTERS[sum % 23] === upper[7];
}

const PPS_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV";

/** South African identity number: date of birth, serial number, 0 to 2 for citizenship, Luhn. */
export function isSouthAfricanId(match: string): boolean {
  const digits = digitsOf(match);
  return /^.{10}[0-2]/.test(digits) && passesLuhn(digits) && isShortDate(digits, "YYMMDD");
}
