import { mod11And10CheckDigit } from "../checksums/iso7064.ts";
import { grouped } from "../surroundings/grouped.ts";
import { digitsOf } from "./digits-of.ts";

const SEPARATORS = [" ", "-", "/", "."];

/** Source of a pattern for all groupings in which it is written. Most say little without a label. */
export const STEUER_ID_FORMS: string = `(?:${[
  "[1-9]\\d{10}",
  grouped(["[1-9]\\d", "\\d{3}", "\\d{3}", "\\d{3}"], SEPARATORS),
  grouped(["[1-9]\\d{2}", "\\d{3}", "\\d{3}", "\\d{2}"], SEPARATORS),
  grouped(["[1-9]\\d{3}", "\\d{4}", "\\d{3}"], SEPARATORS),
  grouped(["[1-9]\\d", "\\d{3}", "\\d{6}"], SEPARATORS),
].join("|")})`;

/**
 * True when eleven digits are a German tax identification number (§ 139b AO): no
 * leading 0, exactly one digit of the first ten occurs twice or three times, and
 * the last is the ISO 7064 MOD 11,10 check digit.
 */
export function isSteuerId(text: string): boolean {
  const digits = digitsOf(text);
  const body = digits.slice(0, 10);
  const counts = [..."0123456789"].map((digit) => body.split(digit).length - 1);
  const repeated = counts.filter((count) => count > 1);
  const oneRepeats = repeated.length === 1 && repeated.every((count) => count <= 3);
  return digits[0] !== "0" && oneRepeats && mod11And10CheckDigit(body) === Number(digits[10]);
}
