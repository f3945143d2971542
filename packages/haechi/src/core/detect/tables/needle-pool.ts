import { CLOSES_WORD, IGNORE_CASE, leadOfKind, type NeedleList, OPENS_WORD } from "./needle-list.ts";

/** Needles as plain numbers: those of all stand one behind the other. */
export interface NeedleArrays {
  readonly bytes: Uint8Array;
  /** By needle: where its bytes begin; behind the last, where they end. */
  readonly start: Int32Array;
  /** By needle: see `NeedleList`. */
  readonly kind: Int32Array;
  /** By needle: where in `owners` those begin that it tells something; behind the last, where they end. */
  readonly ownersStart: Int32Array;
  /** Numbers of owners. */
  readonly owners: Int32Array;
}

/** The needles of the list; of their owners those that each has to tell. */
export function needleArrays(list: NeedleList): NeedleArrays {
  const { texts, kinds } = list;
  const start = startsOf(texts);
  const bytes = bytesOf(texts.join(""));
  const told = ownersTold(list, bytes, start);
  return {
    bytes,
    start,
    kind: Int32Array.from(kinds),
    ownersStart: startsOf(told),
    owners: Int32Array.from(told.flat()),
  };
}

/** Needles, ready to be held against bytes. */
export class NeedlePool<Owner> {
  readonly count: number;
  readonly bytes: Uint8Array;
  /** By needle: where its bytes begin; behind the last, where they end. */
  readonly start: Int32Array;
  /** The length of the longest in bytes. */
  readonly lengthMax: number;
  readonly #kind: Int32Array;
  readonly #arrays: NeedleArrays;
  readonly #all: readonly Owner[];
  /** By needle that has been met. */
  readonly #owners: (readonly Owner[] | undefined)[] = [];

  /** @param owners by number */
  constructor(arrays: NeedleArrays, owners: readonly Owner[]) {
    this.count = arrays.kind.length;
    this.bytes = arrays.bytes;
    this.start = arrays.start;
    this.#kind = arrays.kind;
    this.#arrays = arrays;
    this.#all = owners;
    let lengthMax = 0;
    for (let needle = 0; needle < this.count; needle++) lengthMax = Math.max(lengthMax, this.lengthOf(needle));
    this.lengthMax = lengthMax;
  }

  lengthOf(needle: number): number {
    return this.start[needle + 1]! - this.start[needle]!;
  }

  /** UTF-16 units of the literal that stand before it. */
  leadOf(needle: number): number {
    return leadOfKind(this.#kind[needle]!);
  }

  /** Empty when each of its owners is told by another needle wherever this one stands. */
  ownersOf(needle: number): readonly Owner[] {
    this.#owners[needle] ??= this.#madeOwnersOf(needle);
    return this.#owners[needle];
  }

  #madeOwnersOf(needle: number): readonly Owner[] {
    const { owners, ownersStart } = this.#arrays;
    const numbers = owners.subarray(ownersStart[needle], ownersStart[needle + 1]);
    return Array.from(numbers, (owner) => this.#all[owner]!);
  }

  /** True when the bytes at `at` are those of the needle. */
  standsAt(needle: number, bytes: Uint8Array, at: number): boolean {
    const from = this.start[needle]!;
    const last = this.start[needle + 1]! - from - 1;
    if (at < 0 || at + last >= bytes.length) return false;
    const kind = this.#kind[needle]!;
    const wanted = this.bytes;
    // The first bytes are often those of other needles too.
    for (let i = last; i >= 0; i--) {
      const byte = bytes[at + i]!;
      if (byte === wanted[from + i]) continue;
      if ((kind & IGNORE_CASE) === 0 || byte < UPPER_A || byte > UPPER_Z || (byte | CASE_BIT) !== wanted[from + i]) {
        return false;
      }
    }
    return (kind & (OPENS_WORD | CLOSES_WORD)) === 0 || standsAsWord(kind, bytes, at, at + last);
  }
}

/** Where each of the lists begins when all stand one behind the other, and where the last ends. */
function startsOf(lists: readonly { readonly length: number }[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  for (let at = 0; at < lists.length; at++) starts[at + 1] = starts[at]! + lists[at]!.length;
  return starts;
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/**
 * A needle that stands only where another of the same owner does says nothing to it:
 * `number` where `num` is one too.
 */
function ownersTold(list: NeedleList, bytes: Uint8Array, start: Int32Array): (readonly number[])[] {
  const { texts, kinds, owners } = list;
  const told: (readonly number[])[] = [...owners];
  const beginnings = knownBeginnings(bytes, start, texts.length);
  for (let at = 0; at < beginnings.length; at += 2) {
    const needle = beginnings[at]!;
    const length = beginnings[at + 1]!;
    const kind = kinds[needle]!;
    const shorter = list.indexOf(texts[needle]!.slice(0, length), kind);
    if (shorter === -1 || ((kind & CLOSES_WORD) !== 0 && isLetter(bytes[start[needle]! + length]))) continue;
    told[needle] = told[needle]!.filter((owner) => !owners[shorter]!.includes(owner));
  }
  return told;
}

/** Needles, each with the length of a beginning that has the hash of a needle: nearly all others are none. */
function knownBeginnings(bytes: Uint8Array, start: Int32Array, needles: number): number[] {
  const isKnown = knownHashes(bytes, start, needles);
  const found: number[] = [];
  for (let needle = 0; needle < needles; needle++) {
    const from = start[needle]!;
    const last = start[needle + 1]! - 1;
    let hash = 0;
    for (let at = from; at < last; at++) {
      hash = (Math.imul(hash, HASH_FACTOR) + bytes[at]!) | 0;
      if (isKnown[hash & HASH_MASK] === 1) found.push(needle, at + 1 - from);
    }
  }
  return found;
}

/** By hash of the bytes of a needle whether there is one. */
function knownHashes(bytes: Uint8Array, start: Int32Array, needles: number): Uint8Array {
  const isKnown = new Uint8Array(HASHES);
  for (let needle = 0; needle < needles; needle++) {
    const end = start[needle + 1]!;
    let hash = 0;
    for (let at = start[needle]!; at < end; at++) hash = (Math.imul(hash, HASH_FACTOR) + bytes[at]!) | 0;
    isKnown[hash & HASH_MASK] = 1;
  }
  return isKnown;
}

const HASHES = 1 << 16;
const HASH_MASK = HASHES - 1;
const HASH_FACTOR = 0x01000193;

function standsAsWord(kind: number, bytes: Uint8Array, first: number, last: number): boolean {
  if ((kind & OPENS_WORD) !== 0 && isLetter(bytes[first - 1])) {
    // What looks like a letter may be that of an escape.
    if (!isCapitalBehindSmall(bytes[first - 1]!, bytes[first]!) && bytes[first - 2] !== BACKSLASH) return false;
  }
  return (
    (kind & CLOSES_WORD) === 0 || !isLetter(bytes[last + 1]) || isCapitalBehindSmall(bytes[last]!, bytes[last + 1]!)
  );
}

function isLetter(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const small = byte | CASE_BIT;
  return small >= SMALL_A && small <= SMALL_Z;
}

function isCapitalBehindSmall(byte: number, next: number): boolean {
  return (byte & CASE_BIT) !== 0 && (next & CASE_BIT) === 0;
}

const CASE_BIT = 0x20;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const SMALL_A = 0x61;
const SMALL_Z = 0x7a;
const BACKSLASH = 0x5c;
