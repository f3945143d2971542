// What a JSON number means beside the digits that it is written with.

/** The number in decimal digits without sign, and without exponent where a double holds it exactly so. */
export function canonicalNumber(text: string): string {
  return String(Math.abs(Number(text)));
}

/** True of most numbers that are their own `canonicalNumber`, but for the sign: of few digits, none of them for nothing. */
export function isCanonical(bytes: Uint8Array, start: number, end: number): boolean {
  const first = behindSign(bytes, start);
  if (end - first > CANONICAL_LENGTH_MAX || bytes[first] === DIGIT_ZERO || bytes[end - 1] === DIGIT_ZERO) return false;
  return !hasExponent(bytes, first, end);
}

/** True when the number has an exponent, which alone makes it longer than it is written. */
export function hasExponent(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at]! | LOWER_CASE_BIT) === LOWER_E) return true;
  return false;
}

/** Where the first digit stands. */
export function behindSign(bytes: Uint8Array, start: number): number {
  return bytes[start] === MINUS ? start + 1 : start;
}

/** A double holds 15 digits as they are. */
const CANONICAL_LENGTH_MAX = 15;

const MINUS = 0x2d;
const DIGIT_ZERO = 0x30;
const LOWER_E = 0x65;
const LOWER_CASE_BIT = 0x20;
