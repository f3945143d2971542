// What bytes are to what may be put together, one by one, in pairs and in words of four.

// Bits of what a byte is.
export const DIGIT = 1;
export const LOOK_ALIKE = 2;
export const DIGIT_LIKE = 4;
/** May stand between single characters. */
export const SIGN = 8;
/** May be one of single characters that are set apart. */
export const OF_SINGLES = 32;

export const BYTE_CLASS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return (
    (/\d/.test(character) ? DIGIT | DIGIT_LIKE : 0) |
    (/[OoIl]/.test(character) ? LOOK_ALIKE | DIGIT_LIKE : 0) |
    (/[ \t*|~/._-]/.test(character) ? SIGN : 0) |
    (/[A-Za-z0-9@.+_-]/.test(character) ? OF_SINGLES : 0)
  );
});

// Kinds of what stands between groups of digits.
export const NO_SEPARATOR = 0;
/** The rules know it themselves. */
export const USUAL = 1;
export const COMMON = 2;
export const UNUSUAL = 3;

export const SEPARATOR_KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (" -.".includes(character)) return USUAL;
  if (":/,".includes(character)) return COMMON;
  return "_\\|*;~#+\t\n\r".includes(character) ? UNUSUAL : NO_SEPARATOR;
});

/** An identifier has so many digits, of which some may be letters that look like them. */
export const DIGITS_MIN = 9;

const NEAR_BYTES = 24;

/** So many stand near that they may be an identifier. */
export function isAmongDigits(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  let digits = 0;
  const last = Math.min(at + NEAR_BYTES, end);
  for (let near = Math.max(at - NEAR_BYTES, start); near < last; near++) {
    if ((BYTE_CLASS[bytes[near]!]! & DIGIT_LIKE) !== 0) digits++;
  }
  return digits >= DIGITS_MIN;
}

/** By two bytes in any order: what they are. */
export const CLASSES_OF_PAIR: Uint8Array = classesOfPair();

/** A row at a time: few bytes differ in their classes, and what runs at the start is not compiled yet. */
function classesOfPair(): Uint8Array {
  const classes = new Uint8Array(1 << 16);
  const rows = new Map<number, Uint8Array>();
  for (const [high, ofHigh] of BYTE_CLASS.entries()) {
    const row = rows.get(ofHigh) ?? BYTE_CLASS.map((ofLow) => ofLow | ofHigh);
    rows.set(ofHigh, row);
    classes.set(row, high << 8);
  }
  return classes;
}

/**
 * Where, from the block of two words at `from` on, the first one begins that is not whole before `past`, or
 * in which something may begin that is put together: it holds a digit, or a sign in both halves of its first
 * word, as of three words one after the other whose halves hold signs, one is the first of its block.
 */
export function quietEnd(words: Int32Array, from: number, past: number): number {
  let word = from;
  for (;;) {
    for (; word + 4 <= past; word += 4) {
      const first = words[word]!;
      const third = words[word + 2]!;
      const noDigits = noDigit(first) & noDigit(words[word + 1]!) & noDigit(third) & noDigit(words[word + 3]!);
      if ((~noDigits & HIGH_BITS) !== 0 || bothHalves(noLetter(first)) || bothHalves(noLetter(third))) break;
    }
    if (word + 2 > past) return word;
    const first = words[word]!;
    if ((~(noDigit(first) & noDigit(words[word + 1]!)) & HIGH_BITS) !== 0) return word;
    if ((CLASSES_OF_PAIR[first & 0xffff]! & CLASSES_OF_PAIR[first >>> 16]! & SIGN) !== 0) return word;
    word += 2;
  }
}

/** True when one of the four bytes is a digit. */
export function holdsDigit(word: number): boolean {
  return (~noDigit(word) & HIGH_BITS) !== 0;
}

/** The high bit of each of the four bytes that is no digit. */
function noDigit(word: number): number {
  const fromZero = word ^ ZEROS;
  return ((fromZero & LOW_BITS) + TEN_TO_HIGH_BIT) | fromZero;
}

/** The high bit of each of the four bytes that is ASCII and no letter. */
function noLetter(word: number): number {
  const lower = (word | CASE_BITS) & LOW_BITS;
  return ~((lower + A_TO_HIGH_BIT) & ~(lower + BEHIND_Z_TO_HIGH_BIT)) & ~word;
}

function bothHalves(highBits: number): boolean {
  return ((highBits | (highBits << 8)) & HIGH_BIT_OF_HALVES) === HIGH_BIT_OF_HALVES;
}

const HIGH_BITS = 0x8080_8080 | 0;
const HIGH_BIT_OF_HALVES = 0x8000_8000 | 0;
const LOW_BITS = 0x7f7f_7f7f;
const CASE_BITS = 0x2020_2020;
const ZEROS = 0x3030_3030;
const TEN_TO_HIGH_BIT = 0x7676_7676;
const A_TO_HIGH_BIT = 0x1f1f_1f1f;
const BEHIND_Z_TO_HIGH_BIT = 0x0505_0505;
