import {
  ANY_CASE,
  GRAM_SHIFT,
  GRAM_SPREAD,
  type LiteralTable,
  listOfFour,
  listOfMiddle,
  MASK,
  NEEDLE,
  NEXT,
  OFFSET,
  VALUE,
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

/** The anchor pass: looks at bytes, whatever leaves they hold, for every needle of a table and for digits. */
export class Anchors<Owner> {
  /** Where the literals of needles begin, with the index of the needle. */
  readonly literals = new PlaceList();
  /** Where stretches begin and end in which no digit is far from the next; they may hold a little more than digits at either end. */
  readonly digitZones = new PlaceList();
  #table: LiteralTable<Owner> = NO_LITERALS;
  #bytes: Uint8Array = NO_BYTES;
  #words: Int32Array = NO_WORDS;

  /** The bytes that are to be looked at. What was found in others is forgotten. */
  open(bytes: Uint8Array, table: LiteralTable<Owner>): void {
    this.#bytes = bytes;
    this.#words = wordsOf(bytes);
    this.#table = table;
    this.literals.clear();
    this.digitZones.clear();
  }

  /** Forgets the bytes. */
  close(): void {
    this.open(NO_BYTES, NO_LITERALS);
  }

  /** Looks at all bytes for needles, and for digits. */
  findAll(): void {
    this.#findDigits(this.#words, 0);
    this.#findDigits(Int32Array.of(lastWord(this.#bytes)), this.#words.length * 4);
    this.#find(0, this.#words.length);
  }

  /** Looks for the needles that begin between the two places; may find some that begin a little before or behind. */
  findBetween(from: number, to: number): void {
    const past = Math.min(to + this.#table.lengthMax, this.#bytes.length);
    // The window under which a needle stands may begin one byte before it.
    this.#find(Math.max(0, from - 1) >> 2, Math.min((past + 3) >> 2, this.#words.length));
  }

  /** Looks at the words from the one to before the other; at the bytes behind the last word too. */
  #find(first: number, past: number): void {
    const words = this.#words;
    if (past < words.length) {
      this.#look(words, first, past, 0);
      return;
    }
    const rest = lastWord(this.#bytes);
    const last = words.length - 1;
    if (last < 0) {
      this.#look(Int32Array.of(rest, 0), 0, 1, 0);
      return;
    }
    if (first < last) this.#look(words, first, last, 0);
    this.#look(Int32Array.of(words[last]!, rest, 0), 0, 2, last * 4);
  }

  /**
   * Looks at the windows that begin with the first and the third byte of each word from
   * `first` to before `past`, at which stands one word more. Word 0 stands at the offset `base`.
   */
  #look(words: Int32Array, first: number, past: number, base: number): void {
    const { bytesBehind } = this.#table;
    let next = words[first]!;
    for (let index = first; index < past; index++) {
      const word = next;
      next = words[index + 1]!;
      const across = (word >>> 16) | (next << 16);
      // Of the byte by which it shifts, the operator takes the lower five bits.
      const atFirst = bytesBehind[Math.imul((word | ANY_CASE) << 8, GRAM_SPREAD) >>> GRAM_SHIFT]! >>> (word >>> 24);
      const atThird = bytesBehind[Math.imul((across | ANY_CASE) << 8, GRAM_SPREAD) >>> GRAM_SHIFT]! >>> (across >>> 24);
      if (((atFirst | atThird) & 1) !== 0) {
        if ((atFirst & 1) !== 0) this.#collect(word | ANY_CASE, base + index * 4);
        if ((atThird & 1) !== 0) this.#collect(across | ANY_CASE, base + index * 4 + 2);
      }
    }
  }

  #collect(word: number, windowAt: number): void {
    const { firstEntry, entries } = this.#table;
    for (let entry = firstEntry[listOfFour(word)]!; entry !== 0; entry = entries[entry + NEXT]!) {
      if (entries[entry + VALUE] === word) this.#verify(entry, windowAt);
    }
    for (let entry = firstEntry[listOfMiddle(word)]!; entry !== 0; entry = entries[entry + NEXT]!) {
      if ((word & entries[entry + MASK]!) === entries[entry + VALUE]) this.#verify(entry, windowAt);
    }
  }

  #verify(entry: number, windowAt: number): void {
    const { needles, entries } = this.#table;
    const index = entries[entry + NEEDLE]!;
    const needle = needles[index]!;
    const at = windowAt - entries[entry + OFFSET]!;
    if (at < 0 || at + needle.bytes.length > this.#bytes.length) return;
    if (needleStandsAt(needle, this.#bytes, at)) this.literals.add(at - needle.lead, index);
  }

  #findDigits(words: Int32Array, base: number): void {
    const zones = this.digitZones;
    let end = zones.count === 0 ? Number.NEGATIVE_INFINITY : zones.what[zones.count - 1]!;
    for (let index = 0; index < words.length; index++) {
      if (!holdsDigit(words[index]!)) continue;
      const at = base + index * 4;
      if (at > end + ZONE_GAP) zones.add(at, at);
      end = at + 4;
      zones.what[zones.count - 1] = end;
    }
  }
}

// Digits that are nearer than that are looked at in one go.
const ZONE_GAP = 32;

const NO_LITERALS: LiteralTable<never> = {
  needles: [],
  lengthMax: 0,
  bytesBehind: new Int32Array(1 << (32 - GRAM_SHIFT)),
  firstEntry: new Int32Array(0),
  entries: new Int32Array(0),
};
const NO_BYTES = new Uint8Array(0);
const NO_WORDS = new Int32Array(0);

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
