import { weightedSum } from "../checksums/weighted-sum.ts";
import { grouped } from "../surroundings/grouped.ts";
import { labelWords } from "../surroundings/label-words.ts";
import { digitsOf } from "./digits-of.ts";

const SEPARATORS = ["-", " ", ".", "/"];

/** Source of a pattern for all groupings in which it is written. Most say little without a label. */
export const MY_NUMBER_FORMS: string = `(?:${[
  "\\d{12}",
  grouped(["\\d{4}", "\\d{4}", "\\d{4}"], SEPARATORS),
  grouped(["\\d{3}", "\\d{3}", "\\d{3}", "\\d{3}"], SEPARATORS),
  grouped(["\\d{6}", "\\d{6}"], SEPARATORS),
].join("|")})`;

/** What it is called, in text and in keys. */
export const MY_NUMBER_LABELS: readonly string[] = labelWords(
  "マイナンバー,個人番号,税番号,通知カード,마이넘버,my number,my numbers,mynumber,individual number,personal number,kojin bango,kojin bangou",
);

/** True when the last of twelve digits is the check digit (Ordinance No. 85 of 2014, article 5). */
export function isMyNumber(text: string): boolean {
  const digits = digitsOf(text);
  if (digits === digits.charAt(0).repeat(digits.length)) return false;
  const remainder = weightedSum(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return Number(digits[11]) === (remainder <= 1 ? 0 : 11 - remainder);
}
