/** A literal to be looked for in bytes, by the part of it that is written the same in text and in JSON. */
export interface Needle<Owner> {
  readonly owner: Owner;
  /** UTF-8; lower case when the case is ignored. */
  readonly bytes: Uint8Array;
  readonly ignoreCase: boolean;
  /** UTF-16 units of the literal that stand before `bytes`. */
  readonly lead: number;
}

/** All needles, indexed by three-byte grams. */
export interface LiteralTable<Owner> {
  /** One bit for each hash of a gram: most places of most texts are done with after one look. */
  readonly bitmap: Uint32Array;
  readonly hitsByGram: ReadonlyMap<number, readonly GramHit<Owner>[]>;
}

export interface GramHit<Owner> {
  readonly needle: Needle<Owner>;
  /** Where the gram stands relative to the first byte of the needle; -1 is one before it. */
  readonly offset: number;
}

/** The needle for a literal, or null when no two adjacent bytes of it are always written as they are. */
export function needleFor<Owner>(literal: string, ignoreCase: boolean, owner: Owner): Needle<Owner> | null {
  let best: Needle<Owner> | null = null;
  for (const { index, 0: part } of literal.matchAll(ignoreCase ? SAFE_IN_ANY_CASE : SAFE)) {
    const bytes = utf8.encode(ignoreCase ? part.toLowerCase() : part);
    if (bytes.length < 2 || bytes.length <= (best?.bytes.length ?? 0)) continue;
    best = { owner, bytes, ignoreCase, lead: index };
  }
  return best;
}

/**
 * The table of the needles. Two grams at adjacent places stand for each needle, so
 * that a pass which looks at every second place meets exactly one of them.
 */
export function buildLiteralTable<Owner>(needles: readonly Needle<Owner>[]): LiteralTable<Owner> {
  const bitmap = new Uint32Array(GRAM_HASHES / 32);
  const hitsByGram = new Map<number, GramHit<Owner>[]>();
  const add = (gram: number, hit: GramHit<Owner>) => {
    const hash = gramHash(gram);
    bitmap[hash >>> 5]! |= 1 << (hash & 31);
    const hits = hitsByGram.get(gram);
    if (hits === undefined) hitsByGram.set(gram, [hit]);
    else if (!hits.some((known) => known.needle === hit.needle && known.offset === hit.offset)) hits.push(hit);
  };
  for (const needle of needles) {
    const offset = rarestOffset(needle.bytes);
    for (const at of [offset, offset + 1]) {
      for (const gram of gramsAt(needle.bytes, at)) add(gram, { needle, offset: at });
    }
  }
  return { bitmap, hitsByGram };
}

/** The gram of three bytes; upper and lower case letters fall together. */
export function gramOf(first: number, second: number, third: number): number {
  return first | (second << 8) | (third << 16) | 0x202020;
}

export function gramHash(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> 16;
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

const GRAM_HASHES = 1 << 16;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;

// JSON may or must escape ", \, / and control characters. Other characters it
// writes as they are, unless as \u: a leaf with such an escape is decoded first.
const SAFE = /[^"\\/\p{Cc}]+/gu;
// Letters beyond ASCII have another byte in the other case; scripts without case do not.
const SAFE_IN_ANY_CASE = /(?:[^"\\/\p{Cc}\P{ASCII}]|[^\p{ASCII}\p{Cc}\p{Lu}\p{Ll}\p{Lt}])+/gu;

// Common first, after letter counts of English text and code.
const BY_FREQUENCY = " etaoinsrhldcumpfgybwvk0129345678.,_-:=()'\";/<>{}[]x*#zjq";

/** Where the two grams of the needle begin: where their four bytes are rarest. */
function rarestOffset(bytes: Uint8Array): number {
  if (bytes.length === 2) return -1;
  let best = 0;
  let bestRarity = -1;
  for (let offset = 0; offset + 4 <= bytes.length; offset++) {
    let rarity = 0;
    for (let i = 0; i < 4; i++) rarity += rarityOf(bytes[offset + i]!);
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

/** The grams at a place of the needle; a place beyond its bytes may hold any byte. */
function* gramsAt(bytes: Uint8Array, at: number): Generator<number> {
  const [first, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (first !== undefined && third !== undefined) yield gramOf(first, second!, third);
  else if (first !== undefined) for (let any = 0; any < 256; any++) yield gramOf(first, second!, any);
  else for (let any = 0; any < 256; any++) yield gramOf(any, second!, third!);
}
