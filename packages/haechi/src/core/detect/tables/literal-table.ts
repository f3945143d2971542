import { COMMON_FOURGRAMS, COMMON_TRIGRAMS } from "./common-grams.generated.ts";
import type { NeedleList } from "./needle-list.ts";
import { type NeedleArrays, NeedlePool, needleArrays } from "./needle-pool.ts";

/**
 * All needles, by windows of four bytes. Only the windows that begin at an even offset of
 * the bytes are looked at, so each needle stands under two that begin side by side: one of
 * them is at an even offset wherever the needle stands. Of a short needle they reach a byte
 * beyond it.
 */
export interface LiteralTable<Owner> extends Omit<LiteralArrays, "needles"> {
  readonly needles: NeedlePool<Owner>;
}

/** What there is of a literal table but the owners of its needles, as plain numbers. */
export interface LiteralArrays {
  readonly needles: NeedleArrays;
  /**
   * By hash of the first three bytes of a window: a bit for each byte that may stand behind
   * them, by the lower five bits of the byte, which tell letters apart. Most places are done
   * with after one look.
   */
  readonly bytesBehind: Int32Array;
  /** By list, of windows of which all bytes are known or the two in the middle: where the first of its entries begins; 0 when there is none. */
  readonly firstEntry: Int32Array;
  /** Entries one behind the other, each of `ENTRY_SIZE` numbers: see `MASK` and those that follow. */
  readonly entries: Int32Array;
}

// An entry is a needle under one of its windows:
/** … which bytes of the window are of the needle, */
export const MASK = 0;
/** … and what they are, cases fallen together, */
export const VALUE = 1;
/** … the index of the needle, */
export const NEEDLE = 2;
/** … where the window begins in the needle, -1 when it does so one byte before, */
export const OFFSET = 3;
/** … how far behind the beginning of the window its last byte stands, times 256, and that byte, cases fallen together, */
export const LAST = 4;
/** … and where the next entry of the same list begins. */
export const NEXT = 5;
const ENTRY_SIZE = 6;

/** @param owners by number */
export function literalTable<Owner>(arrays: LiteralArrays, owners: readonly Owner[]): LiteralTable<Owner> {
  return { ...arrays, needles: new NeedlePool(arrays.needles, owners) };
}

/** The table of the needles, each under two windows that are rare in ordinary text and in the table. */
export function literalArrays(list: NeedleList): LiteralArrays {
  const needles = needleArrays(list);
  const { bytes, start, ownersStart } = needles;
  const { count } = list;
  const bytesBehind = new Int32Array(GRAM_HASHES);
  const load = new Uint16Array(FOUR_LISTS);
  const lists = new EntryLists(2 * count);
  for (let needle = 0; needle < count; needle++) {
    if (ownersStart[needle] === ownersStart[needle + 1]) continue;
    commonness ??= new Commonness();
    const from = start[needle]!;
    const end = start[needle + 1]!;
    const first = rarestPlace(bytes, from, end, load, commonness);
    for (let place = first; place <= first + 1; place++) {
      const mask = maskOf(place, from, end);
      const value = wordAt(bytes, place) & mask;
      const last = ((end - 1 - place) << 8) | bytes[end - 1]! | CASE_BIT;
      if (mask === WHOLE_WORD) {
        bytesBehind[gramHash(value)]! |= 1 << (value >>> 24);
        lists.add(listOfFour(value), mask, value, needle, place - from, last);
      } else {
        allow(bytesBehind, value, mask);
        lists.addMiddle(mask, value, needle, place - from, last);
      }
    }
  }
  return { needles, bytesBehind, firstEntry: lists.firstEntry, entries: lists.taken };
}

class EntryLists {
  readonly firstEntry = new Int32Array(FOUR_LISTS + MIDDLE_LISTS);
  #entries: Int32Array;
  /** What is at 0 is no entry. */
  #end = ENTRY_SIZE;

  constructor(expected: number) {
    this.#entries = new Int32Array((expected + 1) * ENTRY_SIZE);
  }

  /** Those that have been added. */
  get taken(): Int32Array {
    return this.#entries.subarray(0, this.#end);
  }

  add(list: number, mask: number, value: number, needle: number, offset: number, last: number): void {
    if (this.#end === this.#entries.length) {
      const longer = new Int32Array(2 * this.#entries.length);
      longer.set(this.#entries);
      this.#entries = longer;
    }
    const entry = this.#end;
    this.#entries[entry + MASK] = mask;
    this.#entries[entry + VALUE] = value;
    this.#entries[entry + NEEDLE] = needle;
    this.#entries[entry + OFFSET] = offset;
    this.#entries[entry + LAST] = last;
    this.#entries[entry + NEXT] = this.firstEntry[list]!;
    this.firstEntry[list] = entry;
    this.#end += ENTRY_SIZE;
  }

  /** Adds a window of which not all is known: to the list of its middle, or to those of all middles that it may have. */
  addMiddle(mask: number, value: number, needle: number, offset: number, last: number): void {
    const shift = unknownShift(MIDDLE & ~mask);
    if (shift === NONE) {
      this.add(listOfMiddle(value), mask, value, needle, offset, last);
      return;
    }
    for (let byte = 0; byte < 256; byte++) {
      if ((byte & CASE_BIT) !== 0) this.add(listOfMiddle(value | (byte << shift)), mask, value, needle, offset, last);
    }
  }
}

/** Lets a window of which not all is known pass, whatever the rest of it is. */
function allow(bytesBehind: Int32Array, value: number, mask: number): void {
  const behind = mask >>> 24 === 0 ? ANY_BYTE_BEHIND : 1 << (value >>> 24);
  const shift = unknownShift(FIRST_THREE & ~mask);
  if (shift === NONE) {
    bytesBehind[gramHash(value)]! |= behind;
    return;
  }
  for (let byte = 0; byte < 256; byte++) {
    if ((byte & CASE_BIT) === 0) continue;
    const hash = Math.imul((value | (byte << shift)) << 8, GRAM_SPREAD) >>> GRAM_SHIFT;
    bytesBehind[hash] = bytesBehind[hash]! | behind;
  }
}

/** By how much to shift a byte to the one that is not known, of which there is at most one. */
function unknownShift(unknown: number): number {
  return unknown === 0 ? NONE : 24 - (Math.clz32(unknown) & ~7);
}

const NONE = -1;

/** The hash of the gram in the lower three bytes of the word; the upper one has no say. */
function gramHash(word: number): number {
  return Math.imul(word << 8, GRAM_SPREAD) >>> GRAM_SHIFT;
}

/** False when no needle stands under the window with the word, cases fallen together. */
export function isWindow(bytesBehind: Int32Array, word: number): boolean {
  return ((bytesBehind[gramHash(word)]! >>> (word >>> 24)) & 1) === 1;
}

/** The bit by which the cases of a letter differ. */
const CASE_BIT = 0x20;
/** The bits by which the cases of a letter differ, in each byte of a word. */
export const ANY_CASE = 0x20202020;

// Fibonacci hashing: the golden ratio times 2^32.
export const GRAM_SPREAD = 0x9e3779b1 | 0;

const ANY_BYTE_BEHIND = -1;

// So many hashes that grams of ordinary text seldom fall on one of a needle by chance, and
// so few that the table stays near the processor.
const GRAM_HASH_BITS = 17;
const GRAM_HASHES = 1 << GRAM_HASH_BITS;
export const GRAM_SHIFT = 32 - GRAM_HASH_BITS;

const FOUR_LIST_BITS = 16;
const FOUR_LISTS = 1 << FOUR_LIST_BITS;
const MIDDLE_LIST_BITS = 12;
const MIDDLE_LISTS = 1 << MIDDLE_LIST_BITS;

/** The list of the windows that are the word, cases fallen together. */
export function listOfFour(word: number): number {
  return Math.imul(word, GRAM_SPREAD) >>> (32 - FOUR_LIST_BITS);
}

/** The list of the windows of which not all is known, but the two bytes in the middle of the word, cases fallen together. */
export function listOfMiddle(word: number): number {
  return FOUR_LISTS + (Math.imul(word & MIDDLE, GRAM_SPREAD) >>> (32 - MIDDLE_LIST_BITS));
}

const WHOLE_WORD = -1;
const FIRST_THREE = 0xffffff;
const MIDDLE = 0xffff00;

/**
 * The first of two places side by side where windows begin that are rare in ordinary text
 * and that few needles stand under, which `load` counts by the list of the window. One of
 * the two may reach a byte beyond the needle.
 */
function rarestPlace(bytes: Uint8Array, from: number, end: number, load: Uint16Array, common: Commonness): number {
  if (end - from <= 3) return from - 1;
  let word = wordAt(bytes, from);
  let cost = common.ofFour(word);
  let list = listOfFour(word);
  let best = from;
  let bestList = list;
  let leastCost = Number.POSITIVE_INFINITY;
  for (let place = from; place + 5 <= end; place++) {
    word = (word >>> 8) | ((bytes[place + 4]! | CASE_BIT) << 24);
    const next = listOfFour(word);
    const nextCost = common.ofFour(word);
    const bothCost = cost + nextCost + CROWD_COST * (load[list]! + load[next]!);
    if (bothCost < leastCost) {
      best = place;
      bestList = list;
      leastCost = bothCost;
    }
    cost = nextCost;
    list = next;
  }
  // What reaches beyond lets more pass, so that is for needles of common windows.
  if (leastCost > BEYOND_COST) {
    const atEnd = BEYOND_COST + cost + common.ofThree(word >>> 8) + CROWD_COST * load[list]!;
    if (atEnd < leastCost) {
      best = end - 4;
      bestList = list;
      leastCost = atEnd;
    }
    const first = wordAt(bytes, from);
    const firstList = listOfFour(first);
    const atStart = BEYOND_COST + common.behindAny(first) + common.ofFour(first) + CROWD_COST * load[firstList]!;
    if (atStart < leastCost) {
      best = from - 1;
      bestList = firstList;
    }
  }
  load[bestList]! += 1;
  return best;
}

// What one needle more under the same window weighs, as a share of the commonest gram: enough to tell windows
// apart that no ordinary text holds, of which many needles have the same.
const CROWD_COST = 0.0001;
const BEYOND_COST = 0.04;

/** How often what a window lets pass stands in ordinary text, as a share of the commonest gram. */
class Commonness {
  /** By hash of a gram. */
  readonly #ofThree = new Float32Array(GRAM_HASHES);
  /** As a literal table tells windows apart: a bit for each byte behind a gram, and a share for each of the bits. */
  readonly #bytesBehind = new Int32Array(GRAM_HASHES);
  readonly #ofFour = new Map<number, number>();

  constructor() {
    for (let at = 0; at < COMMON_TRIGRAMS.length; at += 3) {
      const hash = gramHash(wordOf(COMMON_TRIGRAMS, at));
      // Of two with the same hash, the commoner comes first.
      if (this.#ofThree[hash] === 0) this.#ofThree[hash] = shareOf(at / 3);
    }
    for (let at = 0; at < COMMON_FOURGRAMS.length; at += 4) {
      const word = wordOf(COMMON_FOURGRAMS, at);
      const bit = bitOf(word);
      this.#bytesBehind[gramHash(word)]! |= 1 << (word >>> 24);
      this.#ofFour.set(bit, shareOf(at / 4) + (this.#ofFour.get(bit) ?? 0));
    }
  }

  /** Of a window that is the word: what is not among the commonest is as rare as the rarer of its grams. */
  ofFour(word: number): number {
    return this.#ofBit(word) + RARE * Math.min(this.ofThree(word), this.ofThree(word >>> 8));
  }

  #ofBit(word: number): number {
    return isWindow(this.#bytesBehind, word) ? this.#ofFour.get(bitOf(word))! : 0;
  }

  /** Of a window that begins with the gram in the lower three bytes of the word. */
  ofThree(word: number): number {
    return this.#ofThree[gramHash(word)]!;
  }

  /** Of a window that ends with the gram in the lower three bytes of the word. */
  behindAny(word: number): number {
    let cost = 0;
    for (let byte = 0; byte < 256; byte++) {
      if ((byte & CASE_BIT) !== 0) cost += this.#ofBit((word << 8) | byte);
    }
    return cost + RARE * this.ofThree(word);
  }
}

function bitOf(word: number): number {
  return (gramHash(word) << 5) | ((word >>> 24) & 0x1f);
}

const RARE = 0.1;

let commonness: Commonness | null = null;

function wordOf(grams: string, at: number): number {
  return (
    grams.charCodeAt(at) |
    (grams.charCodeAt(at + 1) << 8) |
    (grams.charCodeAt(at + 2) << 16) |
    (grams.charCodeAt(at + 3) << 24)
  );
}

/** The second in a list by frequency stands about half as often as the first, and so on. */
function shareOf(rank: number): number {
  return FLATTENED / (FLATTENED + rank);
}

// The first few dozen are about equally common.
const FLATTENED = 50;

/** Which bytes of the window at the place are between the two others. */
function maskOf(place: number, from: number, end: number): number {
  let mask = WHOLE_WORD;
  if (place < from) mask <<= 8 * (from - place);
  if (place + 4 > end) mask &= WHOLE_WORD >>> (8 * (place + 4 - end));
  return mask;
}

/** The four bytes from the place on, cases fallen together; whatever they are beyond the needle. */
function wordAt(bytes: Uint8Array, place: number): number {
  return (
    (bytes[place] ?? 0) |
    ((bytes[place + 1] ?? 0) << 8) |
    ((bytes[place + 2] ?? 0) << 16) |
    ((bytes[place + 3] ?? 0) << 24) |
    ANY_CASE
  );
}
