import type { Needle } from "./needles.ts";

/** A needle of one or several owners, which is looked for once. */
export interface SharedNeedle<Owner> extends Omit<Needle, "text"> {
  readonly bytes: Uint8Array;
  readonly owners: readonly Owner[];
}

/** The needles of an owner, one of which stands wherever it is to be told. */
export interface OwnedNeedles<Owner> {
  readonly owner: Owner;
  readonly needles: readonly Needle[];
}

/**
 * All distinct needles with their owners. One that stands only where another of the
 * same owner does says nothing to it: `number` where `num` is one too.
 */
export function sharedNeedles<Owner>(all: readonly OwnedNeedles<Owner>[]): SharedNeedle<Owner>[] {
  const { shared, isKnown } = sharedByKey(all);
  const kept: SharedNeedle<Owner>[] = [];
  for (const [key, { needle, owners }] of shared) {
    let told: readonly Owner[] = owners;
    let hash = 0;
    for (let length = 1; length < key.length; length++) {
      hash = hashWith(hash, key.charCodeAt(length - 1));
      // Nearly all beginnings are turned away by their hash.
      if (isKnown[hash & HASH_MASK] === 0) continue;
      const shorter = shared.get(key.slice(0, length));
      if (shorter === undefined || (shorter.needle.closesWord && isLetter(key.charCodeAt(length)))) continue;
      told = told.filter((owner) => !shorter.owners.includes(owner));
    }
    if (told.length > 0) kept.push(withBytes(needle, told));
  }
  return kept;
}

/** The needles by `keyOf`, and by hash of a key whether there is one. */
function sharedByKey<Owner>(all: readonly OwnedNeedles<Owner>[]) {
  const shared = new Map<string, { readonly needle: Needle; readonly owners: Owner[] }>();
  const isKnown = new Uint8Array(KEY_HASHES);
  for (const { owner, needles } of all) {
    for (const needle of needles) {
      const key = keyOf(needle);
      const known = shared.get(key);
      if (known === undefined) {
        shared.set(key, { needle, owners: [owner] });
        let hash = 0;
        for (let at = 0; at < key.length; at++) hash = hashWith(hash, key.charCodeAt(at));
        isKnown[hash & HASH_MASK] = 1;
      } else if (known.owners.at(-1) !== owner) {
        known.owners.push(owner);
      }
    }
  }
  return { shared, isKnown };
}

const KEY_HASHES = 1 << 16;
const HASH_MASK = KEY_HASHES - 1;

function hashWith(hash: number, unit: number): number {
  return Math.imul(hash, HASH_FACTOR) + unit;
}

const HASH_FACTOR = 0x01000193;

/** The needle by what it is, its text last. */
function keyOf({ text, ignoreCase, lead, opensWord, closesWord }: Needle): string {
  return (
    String.fromCharCode((lead << 3) | (Number(ignoreCase) << 2) | (Number(opensWord) << 1) | Number(closesWord)) + text
  );
}

function withBytes<Owner>({ text, ...rest }: Needle, owners: readonly Owner[]): SharedNeedle<Owner> {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return { ...rest, bytes, owners };
}

/** True when the bytes at `at` are those of the needle. */
export function needleStandsAt(needle: SharedNeedle<unknown>, bytes: Uint8Array, at: number): boolean {
  if (!standsAsWord(needle, bytes, at)) return false;
  const wanted = needle.bytes;
  for (let i = 0; i < wanted.length; i++) {
    const byte = bytes[at + i]!;
    if (byte === wanted[i]) continue;
    if (!needle.ignoreCase || byte < UPPER_A || byte > UPPER_Z || (byte | 0x20) !== wanted[i]) return false;
  }
  return true;
}

function standsAsWord(
  { opensWord, closesWord, bytes: { length } }: SharedNeedle<unknown>,
  bytes: Uint8Array,
  at: number,
): boolean {
  if (opensWord === true && isLetter(bytes[at - 1])) {
    // What looks like a letter may be that of an escape.
    if (!isCapitalBehindSmall(bytes[at - 1]!, bytes[at]!) && bytes[at - 2] !== BACKSLASH) return false;
  }
  const last = at + length - 1;
  return closesWord !== true || !isLetter(bytes[last + 1]) || isCapitalBehindSmall(bytes[last]!, bytes[last + 1]!);
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
