import { ANY_CASE, GRAM_SHIFT, GRAM_SPREAD } from "../tables/literal-table.ts";

/** Words by their index, as many as `count` says. */
export interface WordList {
  readonly index: Int32Array;
  count: number;
}

/** Room for as many words as are looked at in one go. */
export function roomForBlock(): WordList {
  return { index: new Int32Array(BLOCK), count: 0 };
}

/** So many words are looked at in one go. */
export const BLOCK = 1 << 11;

/**
 * Looks at the windows that begin with the first and the third byte of each word from
 * `first` to before `past`, behind which stands one word more: `hits` becomes the words
 * of which one of the two may be of a needle.
 */
export function findWindows(
  words: Int32Array,
  first: number,
  past: number,
  bytesBehind: Int32Array,
  hits: WordList,
): void {
  const { index } = hits;
  let count = 0;
  let next = words[first]!;
  for (let at = first; at < past; at++) {
    const word = next;
    next = words[at + 1]!;
    const across = (word >>> 16) | (next << 16);
    // Of the byte by which it shifts, the operator takes the lower five bits.
    const atFirst = bytesBehind[Math.imul((word | CASES) << 8, SPREAD) >>> SHIFT]! >>> (word >>> 24);
    const atThird = bytesBehind[Math.imul((across | CASES) << 8, SPREAD) >>> SHIFT]! >>> (across >>> 24);
    // Nobody can foresee which words hit, so there is no branch.
    index[count] = at;
    count += (atFirst | atThird) & 1;
  }
  hits.count = count;
}

// The engine knows what the constants of a module are, and looks up those that it imports each time.
const CASES = ANY_CASE;
const SPREAD = GRAM_SPREAD;
const SHIFT = GRAM_SHIFT;

/** `signed` becomes the words from `first` to before `past` that hold a digit or an `@`. */
export function findSigns(words: Int32Array, first: number, past: number, signed: WordList): void {
  const { index } = signed;
  let count = 0;
  for (let at = first; at < past; at++) {
    const word = words[at]!;
    if ((noDigits(word) & noAtSigns(word) & HIGH_BITS) !== HIGH_BITS) index[count++] = at;
  }
  signed.count = count;
}

/** True when one of the four bytes is a digit. */
export function holdsDigit(word: number): boolean {
  return (noDigits(word) & HIGH_BITS) !== HIGH_BITS;
}

/** True when one of the four bytes is an `@`. */
export function holdsAtSign(word: number): boolean {
  return (noAtSigns(word) & HIGH_BITS) !== HIGH_BITS;
}

// Flipping the bits of "0" leaves 0 to 9 of a digit. Of bytes below 0x80, adding 0x76
// carries all others into the high bit; those above have it set already.
function noDigits(word: number): number {
  const flipped = word ^ 0x30303030;
  return ((flipped & 0x7f7f7f7f) + 0x76767676) | flipped;
}

/** Likewise: flipping the bits of "@" leaves 0 of it. */
function noAtSigns(word: number): number {
  const flipped = word ^ 0x40404040;
  return ((flipped & 0x7f7f7f7f) + 0x7f7f7f7f) | flipped;
}

const HIGH_BITS = 0x80808080 | 0;
