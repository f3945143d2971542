import { wordsOf } from "../document/words.ts";
import {
  BYTE_CLASS,
  CLASSES_OF_PAIR,
  DIGIT,
  DIGIT_LIKE,
  holdsDigit,
  LOOK_ALIKE,
  OF_SINGLES,
  quietEnd,
  SIGN,
} from "./decoded-join-bytes.ts";

/** Tells of stretches of the same bytes, which are UTF-8, perhaps with JSON escapes. */
export class JoinSigns {
  readonly #bytes: Uint8Array;
  /** Four bytes each; of a number that is no multiple of four, without the last ones. */
  readonly #words: Int32Array;
  /** Two bytes each; of an odd number of bytes, all but the last. */
  readonly #pairs: Uint16Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#words = wordsOf(bytes);
    // A copy is made by a constructor: the slice of a Buffer would be a view of the same bytes.
    const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
    this.#pairs = new Uint16Array(aligned.buffer, aligned.byteOffset, bytes.length >> 1);
  }

  /** False when `joinedText` finds nothing worth reading in the stretch, as in most ordinary text, of which that is quickly so. */
  mayHoldJoins(start: number, end: number): boolean {
    const bytes = this.#bytes;
    const words = this.#words;
    const pairs = this.#pairs;
    // Blocks of eight bytes: those beside the stretch may tell too much.
    const past = Math.min((end + 1) >> 1, pairs.length) | 0;
    const wordsPast = Math.min(((past + 3) >> 2) << 1, words.length) | 0;
    let digits1 = 0;
    let digits2 = 0;
    let digits3 = 0;
    let any1 = 0;
    let anySecondHalf1 = 0;
    let each1 = 0;
    let secondHalf1 = 0;
    let groupsFrom = -1;
    let groupsTo = 0;
    let likesFrom = -1;
    let likesTo = 0;
    for (let pair = (start >> 1) & ~3; pair < past; pair += 4) {
      if ((digits1 | digits2 | digits3) === 0) {
        const quiet = quietEnd(words, pair >> 1, wordsPast) << 1;
        if (quiet > pair) {
          pair = quiet;
          if (pair >= past) break;
          // What the next block asks of the one before it.
          const third = CLASSES_OF_PAIR[pairs[pair - 2]!]!;
          const fourth = CLASSES_OF_PAIR[pairs[pair - 1]!]!;
          const firstHalf = CLASSES_OF_PAIR[pairs[pair - 4]!]! & CLASSES_OF_PAIR[pairs[pair - 3]!]!;
          secondHalf1 = third & fourth;
          each1 = firstHalf & secondHalf1;
          anySecondHalf1 = third | fourth;
          any1 = CLASSES_OF_PAIR[pairs[pair - 4]!]! | CLASSES_OF_PAIR[pairs[pair - 3]!]! | third | fourth;
        }
      }
      const isWhole = pair + 4 <= past;
      const first = CLASSES_OF_PAIR[pairs[pair]!]!;
      const second = isWhole || pair + 1 < past ? CLASSES_OF_PAIR[pairs[pair + 1]!]! : 0;
      const third = isWhole || pair + 2 < past ? CLASSES_OF_PAIR[pairs[pair + 2]!]! : 0;
      const fourth = isWhole ? CLASSES_OF_PAIR[pairs[pair + 3]!]! : 0;
      const any = first | second | third | fourth;
      const firstHalf = first & second;
      const secondHalf = third & fourth;
      const each = firstHalf & secondHalf;
      // Of single characters set apart, three halves of blocks hold a sign in each pair.
      const single = (secondHalf1 & each) | (each1 & firstHalf);
      // Of so many digits and what looks like them, three pairs hold one each, of which the first begins a half.
      const like = (firstHalf & third) | (secondHalf1 & first);
      let digits = 0;
      if (((single & SIGN) | (any & DIGIT) | (like & DIGIT_LIKE)) !== 0) {
        const place = pair * 2;
        const character = ((first | second) & (third | fourth)) | ((first | second) & any1);
        if ((single & (character >> OF_SINGLES_TO_SIGN) & SIGN) !== 0) {
          const from = Math.max(start, place - SINGLES_BYTES);
          if (holdsSingles(bytes, from, Math.min(end, place + BLOCK_BYTES + SINGLES_BYTES))) return true;
        }
        digits = (first & DIGIT) + (second & DIGIT) + (third & DIGIT) + (fourth & DIGIT);
        if (digits + digits1 + digits2 + digits3 >= PAIRS_WITH_DIGITS_MIN) {
          if (groupsFrom === -1) groupsFrom = place;
          groupsTo = place;
        }
        const near = any1 | first | second;
        const mixed = secondHalf1 & first & (near << DIGIT_TO_LIKE) & (near << LOOK_ALIKE_TO_LIKE);
        const nearNext = any | anySecondHalf1;
        const mixedNext = firstHalf & third & (nearNext << DIGIT_TO_LIKE) & (nearNext << LOOK_ALIKE_TO_LIKE);
        if (((mixed | mixedNext) & DIGIT_LIKE) !== 0) {
          if (likesFrom === -1) likesFrom = place;
          likesTo = place;
        }
      }
      digits3 = digits2;
      digits2 = digits1;
      digits1 = digits;
      any1 = any;
      anySecondHalf1 = third | fourth;
      each1 = each;
      secondHalf1 = secondHalf;
    }
    if (groupsFrom !== -1) {
      const first = Math.max(start, groupsFrom - REACH_BYTES);
      if (holdsGroups(bytes, words, start, end, first, Math.min(end, groupsTo + REACH_BYTES))) return true;
    }
    return likesFrom !== -1 && holdsLookAlikes(bytes, start, end, likesFrom - REACH_BYTES, likesTo + REACH_BYTES);
  }
}

const BLOCK_BYTES = 8;
/** So far from where they are met, what may be put together begins and ends. */
const REACH_BYTES = 128;

/** Of seven digits with a letter behind them; others have more. They stand in four blocks. */
const PAIRS_WITH_DIGITS_MIN = 3;
const DIGITS_MIN = 9;
/** In fewer nothing stands apart that is worth reading. */
export const JOINED_BYTES_MIN = DIGITS_MIN;

// How far bits are apart.
const OF_SINGLES_TO_SIGN = 2;
const DIGIT_TO_LIKE = 2;
const LOOK_ALIKE_TO_LIKE = 1;

/** Characters that each follow one sign, or that sign up to three times. */
function holdsSingles(bytes: Uint8Array, start: number, end: number): boolean {
  let count = 0;
  let signBefore = -1;
  for (let at = start; at < end; ) {
    const sign = bytes[at]!;
    if ((BYTE_CLASS[sign]! & SIGN) === 0) {
      count = 0;
      at++;
      continue;
    }
    let past = at + 1;
    while (past < end && past < at + SIGNS_MAX && bytes[past] === sign) past++;
    if (past < end && bytes[past] !== sign && (BYTE_CLASS[bytes[past]!]! & OF_SINGLES) !== 0) {
      count = sign === signBefore ? count + 1 : 1;
      if (count === SINGLES_MIN) return true;
      signBefore = sign;
      at = past + 1;
    } else {
      count = 0;
      at = past;
    }
  }
  return false;
}

const SIGNS_MAX = 3;
const SINGLES_MIN = 7;
/** So far from any place among so many characters, at least so many of them stand. */
const SINGLES_BYTES = (SIGNS_MAX + 1) * (SINGLES_MIN + 1);

/** @param first where to begin to look, and `last` where no more groups are looked for, within `start` and `end` */
function holdsGroups(
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
    const kind = KIND[bytes[at]!]!;
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
  while (past < end && past < at + SEPARATOR_BYTES_MAX && KIND[bytes[past]!]! !== NO_SEPARATOR) past++;
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

function holdsLookAlikes(bytes: Uint8Array, start: number, end: number, first: number, last: number): boolean {
  for (let at = Math.max(start + 1, first) | 0; at < end - 1 && at < last; at++) {
    if ((BYTE_CLASS[bytes[at]!]! & LOOK_ALIKE) === 0) continue;
    const before = besideDigits(bytes, at, -1);
    if (before === 0) continue;
    const behind = besideDigits(bytes, at, 1);
    if (behind === 0 || ((before | behind) & DIGIT) === 0) continue;
    if (isAmongDigits(bytes, at, start, end)) return true;
  }
  return false;
}

/** The class of the digit, or what looks like one, that is the next on that side, perhaps behind a blank or hyphen; else 0. */
function besideDigits(bytes: Uint8Array, at: number, step: 1 | -1): number {
  const next = bytes[at + step]!;
  const beside = BYTE_CLASS[next]! & (DIGIT | LOOK_ALIKE);
  if (beside !== 0 || KIND[next] !== USUAL) return beside;
  return BYTE_CLASS[bytes[at + 2 * step]!]! & (DIGIT | LOOK_ALIKE);
}

const NEAR_BYTES = 24;

/** So many stand near that they may be an identifier. */
function isAmongDigits(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  let digits = 0;
  const last = Math.min(at + NEAR_BYTES, end);
  for (let near = Math.max(at - NEAR_BYTES, start); near < last; near++) {
    if ((BYTE_CLASS[bytes[near]!]! & DIGIT_LIKE) !== 0) digits++;
  }
  return digits >= DIGITS_MIN;
}

const NO_SEPARATOR = 0;
/** Kinds of separators. */
const USUAL = 1;
const COMMON = 2;
const UNUSUAL = 3;

const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (" -.".includes(character)) return USUAL;
  if (":/,".includes(character)) return COMMON;
  return "_\\|*;~#+\t\n\r".includes(character) ? UNUSUAL : NO_SEPARATOR;
});

const BACKSLASH = 0x5c;
/** The letters of the escapes for the end of a line and for a tab. */
const ESCAPED_BLANKS: readonly number[] = [0x6e, 0x72, 0x74];

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isLetterOrDigit(byte: number): boolean {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x7a);
}
