import { weightedSum } from "../checksums/weighted-sum.ts";
import { grouped } from "../surroundings/grouped.ts";
import { isCalendarDate } from "./calendar-date.ts";

// Korean resident (RRN) and foreigner (FRN) registration numbers: YYMMDD, a digit
// for century, sex and nationality (1 to 4 citizens, 5 to 8 foreigners, 9 and 0
// citizens born before 1900), six more.

/** Source of a pattern for all forms in which it is written. Some say little without a label. */
export const KR_RRN_FORMS: string = grouped(["\\d{6}", "\\d{7}"], ["", "-", " - ", "- ", " -", " ", ".", "/", "_"]);

/** True when the first seven digits tell a day of birth that exists. */
export function hasBirthDate(digits: string): boolean {
  return isCalendarDate(birthYear(digits), month(digits), day(digits));
}

/** True when the last digit is the check digit that was issued until 2020-10-04. */
export function hasResidentCheckDigit(digits: string): boolean {
  const offset = /[5-8]/.test(digits[6] ?? "") ? 13 : 11;
  return (offset - (weightedSum(digits, WEIGHTS) % 11)) % 10 === Number(digits[12]);
}

/**
 * True when the number was first issued on 2020-10-05 or later: from that day the
 * last six digits are random and check nothing (Enforcement Rule of
 * the Resident Registration Act, 주민등록법 시행규칙).
 */
export function isBornUnderRandomNumbers(digits: string): boolean {
  return birthYear(digits) * 10000 + month(digits) * 100 + day(digits) >= 20201005;
}

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

function birthYear(digits: string): number {
  const century = [1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800][Number(digits[6])] ?? 0;
  return century + Number(digits.slice(0, 2));
}

function month(digits: string): number {
  return Number(digits.slice(2, 4));
}

function day(digits: string): number {
  return Number(digits.slice(4, 6));
}
