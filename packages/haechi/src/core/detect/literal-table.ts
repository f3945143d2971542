import { COMMON_TRIGRAMS } from "./common-trigrams.generated.ts";

/** A literal to be looked for in bytes, by the part of it that is written the same in text and in JSON. */
export interface Needle<Owner> {
  readonly owner: Owner;
  /** UTF-8; lower case when the case is ignored. */
  readonly bytes: Uint8Array;
  readonly ignoreCase: boolean;
  /** UTF-16 units of the literal that stand before `bytes`. */
  readonly lead: number;
  /** True when it begins or ends with a letter of ASCII that no letter may stand next to, unless in another case. */
  readonly opensWord?: boolean;
  readonly closesWord?: boolean;
}

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
  /** By list, which is that of a gram with the byte behind it or with any: the first of its entries; entry 0 is none. */
  readonly firstEntry: Int32Array;
  /** Entries one behind the other, each of `ENTRY_SIZE` numbers: see `NEEDLE` and those that follow. */
  readonly entries: Int32Array;
}

/** The same needle of several owners, which is looked for once. */
export interface SharedNeedle<Owner> extends Omit<Needle<Owner>, "owner"> {
  readonly owners: readonly Owner[];
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

/**
 * The needles of which one stands wherever the literal does: mostly one, by the
 * longest part of the literal that is always written the same. Empty when there is none.
 */
export function needlesFor<Owner>(literal: string, ignoreCase: boolean, owner: Owner): Needle<Owner>[] {
  const needle = needleOfPart(literal, ignoreCase, owner);
  if (!ignoreCase || (needle !== null && (needle.bytes.length >= TELLING || PLAIN.test(literal)))) {
    return needle === null ? [] : [needle];
  }
  const spelled = needlesInBothCases(literal, owner);
  if ((spelled[0]?.bytes.length ?? 0) > (needle?.bytes.length ?? 0)) return spelled;
  return needle === null ? needlesInAnyCase(literal, owner) : [needle];
}

function needleOfPart<Owner>(literal: string, ignoreCase: boolean, owner: Owner): Needle<Owner> | null {
  // Most literals are written the same from end to end.
  if (PLAIN.test(literal)) {
    return { owner, bytes: utf8.encode(ignoreCase ? literal.toLowerCase() : literal), ignoreCase, lead: 0 };
  }
  let best: Needle<Owner> | null = null;
  for (const { index, 0: part } of literal.matchAll(ignoreCase ? SAFE_IN_ANY_CASE : SAFE)) {
    const bytes = utf8.encode(ignoreCase ? part.toLowerCase() : part);
    if (bytes.length < 2 || bytes.length <= (best?.bytes.length ?? 0)) continue;
    best = { owner, bytes, ignoreCase, lead: index };
  }
  return best;
}

// Shorter parts of words stand in other words too.
const TELLING = 5;

/** Letters beyond ASCII have other bytes in the other case: needles for the longest part that holds at most two. */
function needlesInBothCases<Owner>(literal: string, owner: Owner): Needle<Owner>[] {
  let best = "";
  for (const [part] of literal.matchAll(SAFE_IN_TWO_CASES)) {
    for (let from = 0; from < part.length; from++) {
      const [found = ""] = AT_MOST_TWO_BEYOND_ASCII.exec(part.slice(from)) ?? [];
      if (found.length > best.length) best = found;
    }
  }
  if (best.length < 2) return [];
  const spellings = Array.from(best, (character) =>
    character < "\x80" ? [character.toLowerCase()] : casesOf(character),
  );
  const all = spellings.reduce((before, cases) => before.flatMap((text) => cases.map((one) => text + one)), [""]);
  const lead = literal.indexOf(best);
  return all.map((spelled) => ({ owner, bytes: utf8.encode(spelled), ignoreCase: true, lead }));
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

/** The ways to write the character in another case, and the character itself. */
export function casesOf(character: string): string[] {
  return [...new Set([character, character.toLowerCase(), character.toUpperCase()])];
}

/** The table of the needles, each under two grams that are rare in ordinary text and in the table. */
export function buildLiteralTable<Owner>(all: readonly Needle<Owner>[]): LiteralTable<Owner> {
  const needles = sharedNeedles(all);
  const bytesBehind = new Int32Array(GRAM_HASHES);
  const firstEntry = new Int32Array(LISTS);
  const load = new Map<number, number>();
  const entries = new Int32Array(ENTRY_SIZE * (1 + needles.reduce((count, { bytes }) => count + entriesFor(bytes), 0)));
  let count = 1;
  for (const [needle, { bytes }] of needles.entries()) {
    const [one, other] = rarestOffsets(bytes, load);
    for (const offset of [one, other]) {
      const checked = checkedOffset(bytes, offset, offset === one ? other + 3 : one);
      const behind = offset + 3 < bytes.length ? 1 << bytes[offset + 3]! : ANY_BYTE_BEHIND;
      for (const word of gramsAt(bytes, offset)) {
        const hash = gramHash(word << 8);
        const list = behind === ANY_BYTE_BEHIND ? listOfGram(hash) : listOfFour(word);
        const entry = count * ENTRY_SIZE;
        entries[entry + NEEDLE] = needle;
        entries[entry + OFFSET] = offset;
        entries[entry + CHECK_AT] = checked - offset;
        entries[entry + CHECK] = bytes[checked]! | CASE_BIT;
        entries[entry + NEXT] = firstEntry[list]!;
        bytesBehind[hash]! |= behind;
        firstEntry[list] = count++;
      }
    }
  }
  return { needles, bytesBehind, firstEntry, entries };
}

/** Of a short needle, a gram reaches beyond it and is known but for a byte. */
function entriesFor({ length }: Uint8Array): number {
  return length > 3 ? 2 : (4 - length) * ANY_BYTE.length + (length === 3 ? 1 : 0);
}

function sharedNeedles<Owner>(needles: readonly Needle<Owner>[]): SharedNeedle<Owner>[] {
  const shared = new Map<string, SharedNeedle<Owner> & { readonly owners: Owner[] }>();
  for (const { owner, ...needle } of needles) {
    const { lead, ignoreCase, opensWord, closesWord, bytes } = needle;
    const key = `${lead} ${ignoreCase} ${opensWord} ${closesWord} ${String.fromCharCode(...bytes)}`;
    const known = shared.get(key);
    if (known === undefined) shared.set(key, { ...needle, owners: [owner] });
    else known.owners.push(owner);
  }
  return [...shared.values()];
}

/** Without those that stand only where another of them does: `number` where `num` is one too. */
export function withoutLonger<Owner>(needles: readonly Needle<Owner>[]): Needle<Owner>[] {
  const kept: Needle<Owner>[] = [];
  for (const needle of needles.toSorted((a, b) => a.bytes.length - b.bytes.length)) {
    const isImplied = kept.some(
      (one) =>
        one.lead === needle.lead &&
        one.ignoreCase === needle.ignoreCase &&
        one.opensWord === needle.opensWord &&
        one.bytes.every((byte, at) => byte === needle.bytes[at]) &&
        !(one.closesWord === true && isLetter(needle.bytes[one.bytes.length])),
    );
    if (!isImplied) kept.push(needle);
  }
  return kept;
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

/** The list of the needles of which only the gram is known. */
export function listOfGram(hash: number): number {
  return hash >>> (GRAM_HASH_BITS - LIST_BITS);
}

/** The list of the needles of which the gram and the byte behind it are the bytes of the word. */
export function listOfFour(word: number): number {
  return Math.imul(word | ANY_CASE, GRAM_SPREAD) >>> (32 - LIST_BITS);
}

/** True when the bytes at `at` are those of the needle. */
export function needleStandsAt(needle: Omit<Needle<unknown>, "owner">, bytes: Uint8Array, at: number): boolean {
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
  { opensWord, closesWord, bytes: { length } }: Omit<Needle<unknown>, "owner">,
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

const utf8 = new TextEncoder();

const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const SMALL_A = 0x61;
const SMALL_Z = 0x7a;
const BACKSLASH = 0x5c;

// JSON may or must escape ", \, / and control characters. Other characters it
// writes as they are, unless as \u: a leaf with such an escape is decoded first.
const SAFE = /[^"\\/\p{Cc}]+/gu;
const PLAIN = /^[ !#-.0-[\]-~]{2,}$/;
// Letters beyond ASCII have another byte in the other case; scripts without case do not.
// Some letters of Greek have more than two forms.
const SAFE_IN_TWO_CASES = /[^"\\/\p{Cc}\p{Script=Greek}\u{10000}-\u{10ffff}]+/gu;
const AT_MOST_TWO_BEYOND_ASCII = /^\p{ASCII}*(?:\P{ASCII}\p{ASCII}*){0,2}/u;
const SAFE_IN_ANY_CASE = /(?:[^"\\/\p{Cc}\P{ASCII}]|[^\p{ASCII}\p{Cc}\p{Lu}\p{Ll}\p{Lt}])+/gu;

/**
 * Two offsets side by side, of grams that with the byte behind them are rare in ordinary
 * text and that few needles stand under, which `load` counts by the hash of the first. Of
 * a short needle they reach a byte beyond it.
 */
function rarestOffsets(bytes: Uint8Array, load: Map<number, number>): readonly [number, number] {
  if (bytes.length <= 3) return [-1, 0];
  if (bytes.length === 4) return [0, 1];
  let best = 0;
  let leastCost = Number.POSITIVE_INFINITY;
  for (let offset = 0; offset + 5 <= bytes.length; offset++) {
    const crowd = load.get(knownGram(bytes, offset)) ?? 0;
    const cost = commonnessAt(bytes, offset) + commonnessAt(bytes, offset + 1) + CROWD_COST * crowd;
    if (cost >= leastCost) continue;
    best = offset;
    leastCost = cost;
  }
  const gram = knownGram(bytes, best);
  load.set(gram, (load.get(gram) ?? 0) + 1);
  return [best, best + 1];
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

/** How often the four bytes stand in ordinary text, at most: as often as the rarer of their grams. */
function commonnessAt(bytes: Uint8Array, offset: number): number {
  commonness ??= commonnessOfTrigrams();
  return Math.min(commonness[knownGram(bytes, offset)]!, commonness[knownGram(bytes, offset + 1)]!);
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

/** The gram at the offset and the byte behind it; where the gram reaches beyond the needle, with any byte there. */
function gramsAt(bytes: Uint8Array, offset: number): readonly number[] {
  const first = offset < 0 ? null : bytes[offset]!;
  const third = bytes[offset + 2] ?? null;
  const known = (first ?? 0) | (bytes[offset + 1]! << 8) | ((third ?? 0) << 16) | ((bytes[offset + 3] ?? 0) << 24);
  if (first !== null && third !== null) return [known];
  const open = first === null ? 0 : 16;
  return ANY_BYTE.map((any) => known | (any << open));
}

/** One of the two bytes that fall together with their cases. */
const ANY_BYTE = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => (byte & CASE_BIT) !== 0);
