import { COMMON_TRIGRAMS } from "./common-trigrams.generated.ts";
import { type OwnedNeedles, type SharedNeedle, sharedNeedles } from "./shared-needle.ts";

/**
 * All needles, by the hash of three-byte grams of each and the byte behind the gram. Only
 * the grams that begin at an even offset of the bytes are looked up, so each needle stands
 * under two that begin side by side: one of them is at an even offset wherever the needle
 * stands.
 */
export interface LiteralTable<Owner> {
  readonly needles: readonly SharedNeedle<Owner>[];
  /**
   * By hash of a gram: a bit for each byte that may stand behind it, by the lower five bits
   * of the byte, which tell letters apart. Most places are done with after one look.
   */
  readonly bytesBehind: Int32Array;
  /** By list, of a gram with the byte behind it or with any, or of two bytes: the first of its entries; entry 0 is none. */
  readonly firstEntry: Int32Array;
  /** Entries one behind the other, each of `ENTRY_SIZE` numbers: see `NEEDLE` and those that follow. */
  readonly entries: Int32Array;
}

// An entry is a needle under one of its grams:
/** … the index of the needle, */
export const NEEDLE = 0;
/** … where the gram stands in the needle, -1 when it begins one byte before, */
export const OFFSET = 1;
/** … where, from the gram, a byte of the needle stands that is not in the gram, and which: most are turned away by it, */
export const CHECK_AT = 2;
export const CHECK = 3;
/** … and the next entry of the same list. */
export const NEXT = 4;
export const ENTRY_SIZE = 5;

/** The table of the needles, each under two grams that are rare in ordinary text and in the table. */
export function buildLiteralTable<Owner>(all: readonly OwnedNeedles<Owner>[]): LiteralTable<Owner> {
  const needles = sharedNeedles(all);
  const bytesBehind = new Int32Array(GRAM_HASHES);
  const firstEntry = new Int32Array(LISTS + PAIR_LISTS);
  const load = new Uint16Array(GRAM_HASHES);
  const entries = new Int32Array(ENTRY_SIZE * (1 + 2 * needles.length));
  let count = 1;
  const add = (list: number, needle: number, bytes: Uint8Array, offset: number, checked: number) => {
    const entry = count * ENTRY_SIZE;
    entries[entry + NEEDLE] = needle;
    entries[entry + OFFSET] = offset;
    entries[entry + CHECK_AT] = checked - offset;
    entries[entry + CHECK] = bytes[checked]! | CASE_BIT;
    entries[entry + NEXT] = firstEntry[list]!;
    firstEntry[list] = count++;
  };
  for (let needle = 0; needle < needles.length; needle++) {
    const { bytes } = needles[needle]!;
    const one = rarestOffset(bytes, load);
    for (let offset = one; offset <= one + 1; offset++) {
      const word = wordAt(bytes, offset);
      const behind = offset + 3 < bytes.length ? 1 << (word >>> 24) : ANY_BYTE_BEHIND;
      if (offset >= 0 && offset + 2 < bytes.length) bytesBehind[gramHash(word << 8)]! |= behind;
      else for (const any of ANY_BYTE) bytesBehind[gramHash((word | (any << (offset < 0 ? 0 : 16))) << 8)]! |= behind;
      if (bytes.length < 4) continue;
      const list = behind === ANY_BYTE_BEHIND ? listOfGram(gramHash(word << 8)) : listOfFour(word);
      add(list, needle, bytes, offset, checkedOffset(bytes, offset, offset === one ? one + 4 : one));
    }
    if (bytes.length < 4) add(listOfPair(wordAt(bytes, 0)), needle, bytes, 0, bytes.length - 1);
  }
  return { needles, bytesBehind, firstEntry, entries };
}

/** The hash of the gram in the upper three bytes of the word; the lowest has no say. Cases fall together. */
function gramHash(word: number): number {
  return Math.imul((word | ANY_CASE) & GRAM, GRAM_SPREAD) >>> GRAM_SHIFT;
}

/** The bit by which the cases of a letter differ. */
export const CASE_BIT = 0x20;
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

const LIST_BITS = 16;
const LISTS = 1 << LIST_BITS;
const PAIR_LIST_BITS = 12;
const PAIR_LISTS = 1 << PAIR_LIST_BITS;

/** The list of the needles of which only the gram is known. */
export function listOfGram(hash: number): number {
  return hash >>> (GRAM_HASH_BITS - LIST_BITS);
}

/** The list of the needles of two or three bytes that begin with the lower two of the word. */
export function listOfPair(word: number): number {
  return LISTS + (Math.imul((word | ANY_CASE) << 16, GRAM_SPREAD) >>> (32 - PAIR_LIST_BITS));
}

/** The list of the needles of which the gram and the byte behind it are the bytes of the word. */
export function listOfFour(word: number): number {
  return Math.imul(word | ANY_CASE, GRAM_SPREAD) >>> (32 - LIST_BITS);
}

/**
 * The first of two offsets side by side, of grams that with the byte behind them are rare in ordinary
 * text and that few needles stand under, which `load` counts by the hash of the first. Of
 * a short needle they reach a byte beyond it.
 */
function rarestOffset(bytes: Uint8Array, load: Uint16Array): number {
  if (bytes.length <= 3) return -1;
  if (bytes.length === 4) return 0;
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

/** The byte that the other gram tells and this one does not, or any one when it is beyond the needle. */
function checkedOffset(bytes: Uint8Array, offset: number, wanted: number): number {
  return wanted >= 0 && wanted < bytes.length ? wanted : Math.max(offset, 0);
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

/** The four bytes from the offset on, with zeros beyond the needle. */
function wordAt(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] ?? 0) |
    (bytes[offset + 1]! << 8) |
    ((bytes[offset + 2] ?? 0) << 16) |
    ((bytes[offset + 3] ?? 0) << 24)
  );
}

/** One of the two bytes that fall together with their cases. */
const ANY_BYTE = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => (byte & CASE_BIT) !== 0);
