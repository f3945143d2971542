import {
  ANY_CASE,
  CASE_BIT,
  CHECK,
  CHECK_AT,
  ENTRY_SIZE,
  GRAM_SHIFT,
  GRAM_SPREAD,
  type LiteralTable,
  listOfFour,
  listOfGram,
  listOfPair,
  NEEDLE,
  NEXT,
  OFFSET,
} from "./literal-table.ts";
import { needleStandsAt } from "./shared-needle.ts";

/** Places in bytes in rising order, each with what stands there. The room is used again for the next bytes. */
export class PlaceList {
  count = 0;
  at = new Int32Array(PLACES_AT_FIRST);
  what = new Int32Array(PLACES_AT_FIRST);

  /** Places come nearly in order, so few have to make room for one that comes late. */
  add(at: number, what: number): void {
    if (this.count === this.at.length) this.#resize(this.count * 2);
    let index = this.count++;
    for (; index > 0 && this.at[index - 1]! > at; index--) {
      this.at[index] = this.at[index - 1]!;
      this.what[index] = this.what[index - 1]!;
    }
    this.at[index] = at;
    this.what[index] = what;
  }

  clear(): void {
    this.count = 0;
    if (this.at.length > PLACES_KEPT_MAX) this.#resize(PLACES_AT_FIRST);
  }

  #resize(places: number): void {
    const { at, what } = this;
    this.at = new Int32Array(places);
    this.what = new Int32Array(places);
    this.at.set(at.subarray(0, this.count));
    this.what.set(what.subarray(0, this.count));
  }
}

const PLACES_AT_FIRST = 1 << 8;
// One large body does not hold its memory for the life of the process.
const PLACES_KEPT_MAX = 1 << 16;

/**
 * The anchor pass: one look over whole bytes, whatever leaves they hold, for every
 * needle of a table and every run of digits.
 */
export class Anchors<Owner> {
  /** Where the literals of needles begin, with the index of the needle. */
  readonly literals = new PlaceList();
  /** Runs of at least `runMin` digits, with the offset past their last digit. */
  readonly digitRuns = new PlaceList();
  #runMin = 0;
  #table: LiteralTable<Owner> = NO_LITERALS;
  #bytes: Uint8Array = NO_BYTES;
  #digitsSeenTo = 0;

  /** No run of digits is as long as `Infinity`, and none is looked for. */
  find(bytes: Uint8Array, table: LiteralTable<Owner>, runMin: number): void {
    this.clear();
    this.#bytes = bytes;
    this.#table = table;
    this.#runMin = runMin;
    const words = wordsOf(bytes);
    this.#look(words, 0);
    const whole = words.length;
    const rest = lastWord(bytes);
    if (whole === 0) this.#look(Int32Array.of(rest, 0), 0);
    else this.#look(Int32Array.of(words[whole - 1]!, rest, 0), (whole - 1) * 4);
  }

  /** Forgets the bytes. */
  clear(): void {
    this.literals.clear();
    this.digitRuns.clear();
    this.#digitsSeenTo = 0;
    this.#bytes = NO_BYTES;
  }

  /**
   * Looks at all words but the last, of which the first stands at the offset: at the
   * grams that begin with the first and the third byte of each, and for digits.
   */
  #look(words: Int32Array, from: number): void {
    const { bytesBehind } = this.#table;
    const seeksDigits = this.#runMin !== Number.POSITIVE_INFINITY;
    let next = words[0]!;
    for (let index = 1, at = from; index < words.length; index++, at += 4) {
      const word = next;
      next = words[index]!;
      const across = (word >>> 16) | (next << 16);
      const first = Math.imul((word | ANY_CASE) << 8, GRAM_SPREAD) >>> GRAM_SHIFT;
      const third = Math.imul((across | ANY_CASE) << 8, GRAM_SPREAD) >>> GRAM_SHIFT;
      // Of the byte by which it shifts, the operator takes the lower five bits.
      const atFirst = bytesBehind[first]! >>> (word >>> 24);
      const atThird = bytesBehind[third]! >>> (across >>> 24);
      if (((atFirst | atThird) & 1) !== 0) {
        if ((atFirst & 1) !== 0) this.#collect(first, word, at);
        if ((atThird & 1) !== 0) this.#collect(third, across, at + 2);
      }
      if (seeksDigits && holdsDigit(word)) this.#collectDigits(at);
    }
  }

  #collect(hash: number, word: number, gramAt: number): void {
    const four = listOfFour(word);
    const gram = listOfGram(hash);
    this.#collectFrom(four, gramAt);
    if (gram !== four) this.#collectFrom(gram, gramAt);
    this.#collectFrom(listOfPair(word), gramAt);
    this.#collectFrom(listOfPair(word >>> 8), gramAt + 1);
  }

  #collectFrom(list: number, gramAt: number): void {
    const { needles, entries, firstEntry } = this.#table;
    const bytes = this.#bytes;
    for (let entry = firstEntry[list]! * ENTRY_SIZE; entry !== 0; entry = entries[entry + NEXT]! * ENTRY_SIZE) {
      if ((bytes[gramAt + entries[entry + CHECK_AT]!]! | CASE_BIT) !== entries[entry + CHECK]!) continue;
      const needle = needles[entries[entry + NEEDLE]!]!;
      const at = gramAt - entries[entry + OFFSET]!;
      if (at < 0 || at + needle.bytes.length > bytes.length) continue;
      if (!needleStandsAt(needle, bytes, at)) continue;
      this.literals.add(at - needle.lead, entries[entry + NEEDLE]!);
    }
  }

  /** Notes the runs that begin in the word at the offset. */
  #collectDigits(wordAt: number): void {
    const bytes = this.#bytes;
    let at = Math.max(wordAt, this.#digitsSeenTo);
    while (at < wordAt + 4) {
      if (!isDigit(bytes[at]!)) {
        at++;
        continue;
      }
      const start = at;
      while (at < bytes.length && isDigit(bytes[at]!)) at++;
      if (at - start >= this.#runMin) this.digitRuns.add(start, at);
    }
    this.#digitsSeenTo = at;
  }
}

const NO_LITERALS: LiteralTable<never> = {
  needles: [],
  bytesBehind: new Int32Array(0),
  firstEntry: new Int32Array(0),
  entries: new Int32Array(0),
};
const NO_BYTES = new Uint8Array(0);

/** The bytes as whole words, of which the first stands in the lowest byte. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const count = bytes.length >> 2;
  if (IS_LITTLE_ENDIAN && bytes.byteOffset % 4 === 0) return new Int32Array(bytes.buffer, bytes.byteOffset, count);
  // Elsewhere words cannot be read where they are, or not in this order.
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Int32Array.from({ length: count }, (_, index) => view.getInt32(index * 4, true));
}

const IS_LITTLE_ENDIAN = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

/** The bytes behind the last whole word, as a word that ends in zeros. */
function lastWord(bytes: Uint8Array): number {
  let word = 0;
  for (let at = bytes.length & ~3, shift = 0; at < bytes.length; at++, shift += 8) word |= bytes[at]! << shift;
  return word;
}

// Flipping the bits of "0" leaves 0 to 9 of a digit. Of bytes below 0x80, adding 0x76
// carries all others into the high bit; those above have it set already.
function holdsDigit(word: number): boolean {
  const flipped = word ^ 0x30303030;
  return ((((flipped & 0x7f7f7f7f) + 0x76767676) | flipped) & HIGH_BITS) !== HIGH_BITS;
}

const HIGH_BITS = 0x80808080 | 0;

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
