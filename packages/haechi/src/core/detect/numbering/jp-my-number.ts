import { weightedSum } from "../checksums/weighted-sum.ts";
import { digitsOf } from "./digits-of.ts";

/** True when the last of twelve digits is the check digit (Ordinance No. 85 of 2014, article 5). */
export function isMyNumber(text: string): boolean {
  const digits = digitsOf(text);
  if (digits === digits.charAt(0).repeat(digits.length)) return false;
  const remainder = weightedSum(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return Number(digits[11]) === (remainder <= 1 ? 0 : 11 - remainder);
}
