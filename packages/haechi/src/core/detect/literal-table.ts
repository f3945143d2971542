/** A literal to be looked for in bytes, by the part of it that is written the same in text and in JSON. */
export interface Needle<Owner> {
  readonly owner: Owner;
  /** UTF-8; lower case when the case is ignored. */
  readonly bytes: Uint8Array;
  readonly ignoreCase: boolean;
  /** UTF-16 units of the literal that stand before `bytes`. */
  readonly lead: number;
}

/**
 * All needles, by the hash of three-byte grams of each. Only the grams that begin at
 * an even offset of the bytes are looked up, so each needle stands under two that
 * begin side by side: one of them is at an even offset wherever the needle stands.
 */
export interface LiteralTable<Owner> {
  readonly needles: readonly Needle<Owner>[];
  /** By hash of a gram: 0 for most, so that most places are done with after one look. */
  readonly isMarked: Uint8Array;
  /** By hash of a gram: the first of its entries; entry 0 is none. */
  readonly firstEntry: Int32Array;
  readonly entries: readonly GramEntry[];
}

/** A needle under one of its grams, and the entry of another needle under a gram with the same hash. */
export interface GramEntry {
  readonly needle: number;
  /** Where the gram stands in the needle; -1 when it begins one byte before. */
  readonly offset: number;
  /** Where, from the gram, a byte of the needle stands that is not in the gram, and which; most are turned away by it. */
  readonly checkAt: number;
  readonly check: number;
  readonly next: number;
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

/** The table of the needles, each under the two grams that are the rarest in ordinary text. */
export function buildLiteralTable<Owner>(needles: readonly Needle<Owner>[]): LiteralTable<Owner> {
  const isMarked = new Uint8Array(GRAM_HASHES);
  const firstEntry = new Int32Array(GRAM_HASHES);
  const entries: GramEntry[] = [{ needle: -1, offset: 0, checkAt: 0, check: 0, next: 0 }];
  for (const [needle, { bytes }] of needles.entries()) {
    const [one, other] = rarestOffsets(bytes);
    for (const offset of [one, other]) {
      const checked = checkedOffset(bytes, offset, offset === one ? other + 2 : one);
      const check = bytes[checked]! | CASE_BIT;
      for (const hash of gramHashesAt(bytes, offset)) {
        entries.push({ needle, offset, checkAt: checked - offset, check, next: firstEntry[hash]! });
        isMarked[hash] = 1;
        firstEntry[hash] = entries.length - 1;
      }
    }
  }
  return { needles, isMarked, firstEntry, entries };
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

// So many hashes that grams of ordinary text seldom fall on one of a needle by chance.
const GRAM_HASH_BITS = 18;
const GRAM_HASHES = 1 << GRAM_HASH_BITS;
export const GRAM_SHIFT = 32 - GRAM_HASH_BITS;
const GRAM = 0xffffff00 | 0;

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

const UPPER_A = 0x41;
const UPPER_Z = 0x5a;

// JSON may or must escape ", \, / and control characters. Other characters it
// writes as they are, unless as \u: a leaf with such an escape is decoded first.
const SAFE = /[^"\\/\p{Cc}]+/gu;
// Letters beyond ASCII have another byte in the other case; scripts without case do not.
const SAFE_IN_ANY_CASE = /(?:[^"\\/\p{Cc}\P{ASCII}]|[^\p{ASCII}\p{Cc}\p{Lu}\p{Ll}\p{Lt}])+/gu;

// Common first, after letter counts of English text and code.
const BY_FREQUENCY = " etaoinsrhldcumpfgybwvk0129345678.,_-:=()'\";/<>{}[]x*#zjq";

/** Two offsets side by side, of the rarest grams. Of a short needle they reach a byte beyond it. */
function rarestOffsets(bytes: Uint8Array): readonly [number, number] {
  if (bytes.length === 2) return [-1, 0];
  if (bytes.length === 3) return rarityOf(bytes[0]!) > rarityOf(bytes[2]!) ? [-1, 0] : [0, 1];
  let best = 0;
  let bestRarity = -1;
  for (let offset = 0; offset + 4 <= bytes.length; offset++) {
    const inner = rarityOf(bytes[offset + 1]!) + rarityOf(bytes[offset + 2]!);
    // The bytes in the middle are part of both grams.
    const rarity = rarityOf(bytes[offset]!) + 2 * inner + rarityOf(bytes[offset + 3]!);
    if (rarity > bestRarity) {
      best = offset;
      bestRarity = rarity;
    }
  }
  return [best, best + 1];
}

/** The byte that the other gram has and this one has not, or any one when it is beyond the needle. */
function checkedOffset(bytes: Uint8Array, offset: number, wanted: number): number {
  return wanted >= 0 && wanted < bytes.length ? wanted : Math.max(offset, 0);
}

function rarityOf(byte: number): number {
  return RARITY[byte]!;
}

const RARITY = Uint8Array.from({ length: 256 }, (_, byte) => {
  const rank = BY_FREQUENCY.indexOf(String.fromCharCode(byte).toLowerCase());
  return rank === -1 ? BY_FREQUENCY.length : rank;
});

/** The hash of the gram at the offset; where it reaches beyond the needle, with any byte there. */
function gramHashesAt(bytes: Uint8Array, offset: number): readonly number[] {
  const first = offset < 0 ? null : bytes[offset]!;
  const third = bytes[offset + 2] ?? null;
  const known = ((first ?? 0) << 8) | (bytes[offset + 1]! << 16) | ((third ?? 0) << 24);
  if (first !== null && third !== null) return [gramHash(known)];
  const open = first === null ? 8 : 24;
  return ANY_BYTE.map((any) => gramHash(known | (any << open)));
}

/** One of the two bytes that fall together with their cases. */
const ANY_BYTE = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => (byte & CASE_BIT) !== 0);
