/** A literal to be looked for in bytes, by the part of it that is written the same in text and in JSON. */
export interface Needle<Owner> {
  readonly owner: Owner;
  /** UTF-8; lower case when the case is ignored. */
  readonly bytes: Uint8Array;
  readonly ignoreCase: boolean;
  /** UTF-16 units of the literal that stand before `bytes`. */
  readonly lead: number;
}

/** All needles, by the hash of a three-byte gram of each. */
export interface LiteralTable<Owner> {
  /** By hash of a gram: which bucket to look into; 0 for most, so that most places are done with after one look. */
  readonly bucketOf: Uint16Array;
  readonly buckets: readonly (readonly GramHit<Owner>[])[];
}

export interface GramHit<Owner> {
  readonly needle: Needle<Owner>;
  /** Where the gram stands in the needle. */
  readonly offset: number;
}

/**
 * The needles of which one stands wherever the literal does: mostly one, by the
 * longest part of the literal that is always written the same. Empty when there is none.
 */
export function needlesFor<Owner>(literal: string, ignoreCase: boolean, owner: Owner): Needle<Owner>[] {
  const needle = needleOfPart(literal, ignoreCase, owner);
  return needle !== null ? [needle] : ignoreCase ? needlesInAnyCase(literal, owner) : [];
}

function needleOfPart<Owner>(literal: string, ignoreCase: boolean, owner: Owner): Needle<Owner> | null {
  let best: Needle<Owner> | null = null;
  for (const { index, 0: part } of literal.matchAll(ignoreCase ? SAFE_IN_ANY_CASE : SAFE)) {
    const bytes = utf8.encode(ignoreCase ? part.toLowerCase() : part);
    if (bytes.length < 2 || bytes.length <= (best?.bytes.length ?? 0)) continue;
    best = { owner, bytes, ignoreCase, lead: index };
  }
  return best;
}

/** Letters beyond ASCII have other bytes in the other case: a needle for each way to write the first two. */
function needlesInAnyCase<Owner>(literal: string, owner: Owner): Needle<Owner>[] {
  const part = /[^"\\/\p{Cc}]{2}/u.exec(literal);
  if (part === null) return [];
  const [first, second] = Array.from(part[0], casesOf);
  return first!.flatMap((one) =>
    second!.map((two) => ({ owner, bytes: utf8.encode(one + two), ignoreCase: false, lead: part.index })),
  );
}

function casesOf(character: string): string[] {
  return [...new Set([character, character.toLowerCase(), character.toUpperCase()])];
}

/** The table of the needles, each under the one gram of it that is the rarest in ordinary text. */
export function buildLiteralTable<Owner>(needles: readonly Needle<Owner>[]): LiteralTable<Owner> {
  const bucketOf = new Uint16Array(GRAM_HASHES);
  const buckets: GramHit<Owner>[][] = [[]];
  for (const needle of needles) {
    const offset = rarestOffset(needle.bytes);
    for (const hash of gramHashesAt(needle.bytes, offset)) {
      if (bucketOf[hash] === 0) bucketOf[hash] = buckets.push([]) - 1;
      buckets[bucketOf[hash]!]!.push({ needle, offset });
    }
  }
  return { bucketOf, buckets };
}

/** The gram of three bytes; upper and lower case letters fall together. */
export function gramOf(first: number, second: number, third: number): number {
  return first | (second << 8) | (third << 16) | 0x202020;
}

export function gramHash(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> (32 - GRAM_HASH_BITS);
}

/** True when the bytes at `at` are those of the needle. */
export function needleStandsAt(needle: Needle<unknown>, bytes: Uint8Array, at: number): boolean {
  const wanted = needle.bytes;
  for (let i = 0; i < wanted.length; i++) {
    const byte = bytes[at + i]!;
    if (byte === wanted[i]) continue;
    if (!needle.ignoreCase || byte < UPPER_A || byte > UPPER_Z || (byte | 0x20) !== wanted[i]) return false;
  }
  return true;
}

const utf8 = new TextEncoder();

// So many that grams of ordinary text seldom fall on one of a needle by chance.
const GRAM_HASH_BITS = 18;
const GRAM_HASHES = 1 << GRAM_HASH_BITS;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;

// JSON may or must escape ", \, / and control characters. Other characters it
// writes as they are, unless as \u: a leaf with such an escape is decoded first.
const SAFE = /[^"\\/\p{Cc}]+/gu;
// Letters beyond ASCII have another byte in the other case; scripts without case do not.
const SAFE_IN_ANY_CASE = /(?:[^"\\/\p{Cc}\P{ASCII}]|[^\p{ASCII}\p{Cc}\p{Lu}\p{Ll}\p{Lt}])+/gu;

// Common first, after letter counts of English text and code.
const BY_FREQUENCY = " etaoinsrhldcumpfgybwvk0129345678.,_-:=()'\";/<>{}[]x*#zjq";

/** Where the rarest three bytes of the needle stand. */
function rarestOffset(bytes: Uint8Array): number {
  let best = 0;
  let bestRarity = -1;
  for (let offset = 0; offset + 3 <= bytes.length; offset++) {
    const rarity = rarityOf(bytes[offset]!) + rarityOf(bytes[offset + 1]!) + rarityOf(bytes[offset + 2]!);
    if (rarity > bestRarity) {
      best = offset;
      bestRarity = rarity;
    }
  }
  return best;
}

function rarityOf(byte: number): number {
  const rank = BY_FREQUENCY.indexOf(String.fromCharCode(byte).toLowerCase());
  return rank === -1 ? BY_FREQUENCY.length : rank;
}

/** The hash of the gram at the offset; of a needle of two bytes, with any byte behind them. */
function gramHashesAt(bytes: Uint8Array, offset: number): Set<number> {
  const [first, second, third] = [bytes[offset]!, bytes[offset + 1]!, bytes[offset + 2]];
  const last = third === undefined ? Array.from({ length: 256 }, (_, any) => any) : [third];
  return new Set(last.map((byte) => gramHash(gramOf(first, second, byte))));
}
