import { COMMON_TRIGRAMS } from "./common-trigrams.generated.ts";
import { type OwnedNeedles, type SharedNeedle, sharedNeedles } from "./shared-needle.ts";

/**
 * All needles, by windows of four bytes. Only the windows that begin at an even offset of
 * the bytes are looked at, so each needle stands under two that begin side by side: one of
 * them is at an even offset wherever the needle stands. Of a short needle they reach a byte
 * beyond it.
 */
export interface LiteralTable<Owner> {
  readonly needles: readonly SharedNeedle<Owner>[];
  /** The length of the longest needle in bytes. */
  readonly lengthMax: number;
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
/** … and where the next entry of the same list begins. */
export const NEXT = 4;
const ENTRY_SIZE = 5;

/** The table of the needles, each under two windows that are rare in ordinary text and in the table. */
export function buildLiteralTable<Owner>(all: readonly OwnedNeedles<Owner>[]): LiteralTable<Owner> {
  const needles = sharedNeedles(all);
  const bytesBehind = new Int32Array(GRAM_HASHES);
  const load = new Uint16Array(GRAM_HASHES);
  const lists = new EntryLists(2 * needles.length);
  let lengthMax = 0;
  for (let needle = 0; needle < needles.length; needle++) {
    const { bytes } = needles[needle]!;
    lengthMax = Math.max(lengthMax, bytes.length);
    const first = rarestOffset(bytes, load);
    for (let offset = first; offset <= first + 1; offset++) {
      const mask = maskOf(bytes, offset);
      const value = wordAt(bytes, offset) & mask;
      for (const word of wordsLike(value, mask, FIRST_THREE)) {
        bytesBehind[gramHash(word << 8)]! |= mask >>> 24 === 0 ? ANY_BYTE_BEHIND : 1 << (value >>> 24);
      }
      if (mask === WHOLE_WORD) lists.add(listOfFour(value), mask, value, needle, offset);
      else
        for (const word of wordsLike(value, mask, MIDDLE)) lists.add(listOfMiddle(word), mask, value, needle, offset);
    }
  }
  return { needles, lengthMax, bytesBehind, firstEntry: lists.firstEntry, entries: lists.entries };
}

class EntryLists {
  readonly firstEntry = new Int32Array(FOUR_LISTS + MIDDLE_LISTS);
  entries: Int32Array;
  /** What is at 0 is no entry. */
  #end = ENTRY_SIZE;

  constructor(expected: number) {
    this.entries = new Int32Array((expected + 1) * ENTRY_SIZE);
  }

  add(list: number, mask: number, value: number, needle: number, offset: number): void {
    if (this.#end === this.entries.length) {
      const longer = new Int32Array(2 * this.entries.length);
      longer.set(this.entries);
      this.entries = longer;
    }
    const entry = this.#end;
    this.entries[entry + MASK] = mask;
    this.entries[entry + VALUE] = value;
    this.entries[entry + NEEDLE] = needle;
    this.entries[entry + OFFSET] = offset;
    this.entries[entry + NEXT] = this.firstEntry[list]!;
    this.firstEntry[list] = entry;
    this.#end += ENTRY_SIZE;
  }
}

/** The hash of the gram in the upper three bytes of the word; the lowest has no say. Cases fall together. */
function gramHash(word: number): number {
  return Math.imul((word | ANY_CASE) & GRAM, GRAM_SPREAD) >>> GRAM_SHIFT;
}

/** The bit by which the cases of a letter differ. */
const CASE_BIT = 0x20;
/** The bits by which the cases of a letter differ, in each byte of a word. */
export const ANY_CASE = 0x20202020;

// Fibonacci hashing: the golden ratio times 2^32.
export const GRAM_SPREAD = 0x9e3779b1;

const ANY_BYTE_BEHIND = -1;

// So many hashes that grams of ordinary text seldom fall on one of a needle by chance.
const GRAM_HASH_BITS = 17;
const GRAM_HASHES = 1 << GRAM_HASH_BITS;
export const GRAM_SHIFT = 32 - GRAM_HASH_BITS;
const GRAM = 0xffffff00 | 0;

const FOUR_LIST_BITS = 16;
const FOUR_LISTS = 1 << FOUR_LIST_BITS;
const MIDDLE_LIST_BITS = 12;
const MIDDLE_LISTS = 1 << MIDDLE_LIST_BITS;

/** The list of the windows that are the word. */
export function listOfFour(word: number): number {
  return Math.imul(word | ANY_CASE, GRAM_SPREAD) >>> (32 - FOUR_LIST_BITS);
}

/** The list of the windows of which not all is known, but the two bytes in the middle of the word. */
export function listOfMiddle(word: number): number {
  return FOUR_LISTS + (Math.imul((word | ANY_CASE) & MIDDLE, GRAM_SPREAD) >>> (32 - MIDDLE_LIST_BITS));
}

const WHOLE_WORD = -1;
const FIRST_THREE = 0xffffff;
const MIDDLE = 0xffff00;

/**
 * The first of two offsets side by side, of windows that are rare in ordinary text and
 * that few needles stand under, which `load` counts by the hash of their first gram.
 */
function rarestOffset(bytes: Uint8Array, load: Uint16Array): number {
  if (bytes.length <= 3) return -1;
  if (bytes.length === 4) return commonnessOf(bytes, 0) < commonnessOf(bytes, 1) ? -1 : 0;
  let best = 0;
  let leastCost = Number.POSITIVE_INFINITY;
  let first = commonnessOf(bytes, 0);
  let second = commonnessOf(bytes, 1);
  for (let offset = 0; offset + 5 <= bytes.length; offset++) {
    const third = commonnessOf(bytes, offset + 2);
    // Four bytes stand as often as the rarer of their grams, at most.
    const cost = Math.min(first, second) + Math.min(second, third) + CROWD_COST * load[knownGram(bytes, offset)]!;
    first = second;
    second = third;
    if (cost >= leastCost) continue;
    best = offset;
    leastCost = cost;
  }
  load[knownGram(bytes, best)]! += 1;
  return best;
}

// What one needle more under the same gram weighs, as a share of the commonest gram.
const CROWD_COST = 0.002;

function knownGram(bytes: Uint8Array, offset: number): number {
  return gramHash((bytes[offset]! << 8) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 24));
}

/** How often the gram at the offset stands in ordinary text. */
function commonnessOf(bytes: Uint8Array, offset: number): number {
  commonness ??= commonnessOfTrigrams();
  return commonness[knownGram(bytes, offset)]!;
}

let commonness: Float32Array | null = null;

/** By hash of a gram. The second in a list by frequency stands about half as often as the first, and so on. */
function commonnessOfTrigrams(): Float32Array {
  const byHash = new Float32Array(GRAM_HASHES);
  const grams = Uint8Array.from(COMMON_TRIGRAMS, (byte) => byte.charCodeAt(0));
  for (let at = 0; at < grams.length; at += 3) {
    const hash = knownGram(grams, at);
    // Of two with the same hash, the commoner comes first.
    if (byHash[hash] === 0) byHash[hash] = FLATTENED / (FLATTENED + at / 3);
  }
  return byHash;
}

// The first few dozen are about equally common.
const FLATTENED = 50;

/** Which bytes of the window at the offset are of the needle. */
function maskOf(bytes: Uint8Array, offset: number): number {
  let mask = 0;
  for (let i = 0; i < 4; i++) if (offset + i >= 0 && offset + i < bytes.length) mask |= 0xff << (8 * i);
  return mask;
}

/** The four bytes from the offset on, cases fallen together, with zeros beyond the needle. */
function wordAt(bytes: Uint8Array, offset: number): number {
  let word = 0;
  for (let i = 0; i < 4; i++) word |= ((bytes[offset + i] ?? 0) | CASE_BIT) << (8 * i);
  return word;
}

/** The words that are the value but for the bytes of `wanted` that the mask leaves out, which may be any. */
function wordsLike(value: number, mask: number, wanted: number): readonly number[] {
  let words: readonly number[] = [value];
  for (let shift = 0; shift < 32; shift += 8) {
    if (((wanted & ~mask) >>> shift) & 0xff)
      words = words.flatMap((word) => ANY_BYTE.map((byte) => word | (byte << shift)));
  }
  return words;
}

/** One of the two bytes that fall together with their cases. */
const ANY_BYTE = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => (byte & CASE_BIT) !== 0);
