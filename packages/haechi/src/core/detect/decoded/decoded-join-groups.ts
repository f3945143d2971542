import { isDigit } from "../../document/json-source.ts";
import {
  COMMON,
  DIGITS_MIN,
  holdsDigit,
  isAmongDigits,
  NO_SEPARATOR,
  SEPARATOR_KIND,
  UNUSUAL,
} from "./decoded-join-bytes.ts";

/**
 * Whether groups of digits stand apart that may be one number, but for such as the rules read themselves.
 * @param first where to begin to look, and `last` where no more groups are looked for, within `start` and `end`
 */
export function holdsGroups(
  bytes: Uint8Array,
  words: Int32Array,
  start: number,
  end: number,
  first: number,
  last: number,
): boolean {
  // Without the zero the engine would count in fractions.
  const past = last | 0;
  const wordsPast = Math.min(past >> 2, words.length) | 0;
  // A group has two digits, of which one is met.
  for (let from = first | 0; from < past; from += 2) {
    let word = from >> 2;
    if (word < wordsPast && !holdsDigit(words[word]!)) {
      do word++;
      while (word < wordsPast && !holdsDigit(words[word]!));
      from = (word << 2) | (from & 1);
      if (from >= past) break;
    }
    if (!isDigit(bytes[from]!)) continue;
    const at = digitsEnd(bytes, from, end);
    from = at - 1;
    if (at >= end - 1) break;
    const kind = SEPARATOR_KIND[bytes[at]!]!;
    if (kind === NO_SEPARATOR) continue;
    const next = separatorEnd(bytes, at, end);
    if (next >= end || !isDigit(bytes[next]!)) continue;
    // Between groups of one and two these are times, dates and decimals; a hyphen, dot or blank the rules know themselves.
    const isLong = isDigit(bytes[at - 3]!) && isDigit(bytes[at - 2]!) && isDigit(bytes[next + 2]!);
    const isOdd = kind === UNUSUAL || (isLong && (kind === COMMON || next > at + 1));
    // An IBAN is set apart after four characters.
    const isAccount = at - start >= 4 && isCapital(bytes[at - 4]!) && isCapital(bytes[at - 3]!);
    if (isAccount && isAmongDigits(bytes, at, start, end)) return true;
    if (!isOdd) continue;
    const goesOn = chainEnd(bytes, at, next, start, end);
    if (goesOn === IS_NUMBER) return true;
    if (goesOn - 1 > from) from = goesOn - 1;
  }
  return false;
}

function separatorEnd(bytes: Uint8Array, at: number, end: number): number {
  let past = at;
  while (bytes[past] === BACKSLASH && past + 1 < end && ESCAPED_BLANKS.includes(bytes[past + 1]!)) past += 2;
  if (past > at) return past;
  past++;
  while (past < end && past < at + SEPARATOR_BYTES_MAX && SEPARATOR_KIND[bytes[past]!]! !== NO_SEPARATOR) past++;
  return past;
}

const SEPARATOR_BYTES_MAX = 5;
/** More bytes are more than two characters, behind which a number may begin in the midst of others. */
const NARROW_BYTES_MAX = 2;
const GROUPS_MAX = 6;
const GROUP_DIGITS_MAX = 7;
const IS_NUMBER = -1;

/**
 * Whether the groups of digits round the separator from `at` to `next`, as far as the same one sets
 * them apart, may be one number: `IS_NUMBER`, or the place up to which they are none.
 */
function chainEnd(bytes: Uint8Array, at: number, next: number, start: number, end: number): number {
  const width = next - at;
  let first = digitsStart(bytes, at, start);
  let groups = 2;
  let digits = at - first;
  let isNumber = isGroup(digits);
  while (groups <= GROUPS_MAX && isSeparator(bytes, first - width, at, width) && first - width > start) {
    const groupEnd = first - width;
    const groupStart = digitsStart(bytes, groupEnd, start);
    if (groupStart === groupEnd) break;
    first = groupStart;
    digits += groupEnd - groupStart;
    isNumber &&= isGroup(groupEnd - groupStart);
    groups++;
  }
  let last = next;
  for (;;) {
    const groupEnd = digitsEnd(bytes, last, end);
    digits += groupEnd - last;
    isNumber &&= isGroup(groupEnd - last);
    last = groupEnd;
    if (!isSeparator(bytes, last, at, width) || last + width >= end || !isDigit(bytes[last + width]!)) break;
    last += width;
    groups++;
  }
  if (width > NARROW_BYTES_MAX) return digits >= DIGITS_MIN ? IS_NUMBER : last;
  const letter = last < end && isCapital(bytes[last]!) ? 1 : 0;
  const isEnough = digits >= DIGITS_MIN || (letter === 1 && isAmongDigits(bytes, at, start, end));
  if (!isNumber || !isEnough || groups > GROUPS_MAX) return last;
  return beginsBefore(bytes, first, start) || goesOnBehind(bytes, last + letter, end) ? last : IS_NUMBER;
}

function isGroup(digits: number): boolean {
  return digits >= 2 && digits <= GROUP_DIGITS_MAX;
}

function digitsStart(bytes: Uint8Array, from: number, start: number): number {
  let at = from;
  while (at > start && isDigit(bytes[at - 1]!)) at--;
  return at;
}

function digitsEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isDigit(bytes[at]!)) at++;
  return at;
}

function isSeparator(bytes: Uint8Array, at: number, other: number, width: number): boolean {
  for (let index = 0; index < width; index++) if (bytes[at + index] !== bytes[other + index]) return false;
  return true;
}

/** A letter or digit stands before it, or a digit and one or two signs. */
function beginsBefore(bytes: Uint8Array, at: number, start: number): boolean {
  if (at === start) return false;
  if (isLetterOrDigit(bytes[at - 1]!)) return bytes[at - 2] !== BACKSLASH || at - 2 < start;
  if (at - 1 === start) return false;
  if (isDigit(bytes[at - 2]!)) return true;
  return at - 2 > start && !isLetterOrDigit(bytes[at - 2]!) && isDigit(bytes[at - 3]!);
}

function goesOnBehind(bytes: Uint8Array, at: number, end: number): boolean {
  if (at >= end) return false;
  if (isLetterOrDigit(bytes[at]!)) return true;
  if (at + 1 >= end) return false;
  if (isDigit(bytes[at + 1]!)) return true;
  return at + 2 < end && !isLetterOrDigit(bytes[at + 1]!) && isDigit(bytes[at + 2]!);
}

const BACKSLASH = 0x5c;
/** The letters of the escapes for the end of a line and for a tab. */
const ESCAPED_BLANKS: readonly number[] = [0x6e, 0x72, 0x74];

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isLetterOrDigit(byte: number): boolean {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x7a);
}
