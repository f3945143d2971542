import { BEYOND_ASCII, EDGE } from "./code-set.ts";
import { SPELLED_BY_LETTER } from "./decoded-text.ts";
import { OFFSETS_RECORDED } from "./pattern-shape.ts";
import type { Rule } from "./rule.ts";

/**
 * Up to 32 rules, one bit each, judged together: whether they can match at a byte,
 * by what stands before it and at the first offsets of the match.
 */
export interface StartFilter {
  /** Its place among all filters. */
  readonly index: number;
  readonly rules: readonly Rule[];
  /** By code: the rules before whose matches it may stand. */
  readonly before: Int32Array;
  /** At `offset << 8 | code`: the rules in whose matches it may stand at that offset, or which may have ended there. */
  readonly offsets: Int32Array;
  /** By offset: the rules whose match may have ended there. */
  readonly ended: Int32Array;
  /** For text as it is, and for text with JSON escapes. */
  readonly plain: QuickLook;
  readonly escaped: QuickLook;
}

/** By byte: the rules which may start with it, and before whose matches it may stand. Rather too many than too few. */
interface QuickLook {
  readonly first: Int32Array;
  readonly before: Int32Array;
}

/** The filters that hold all the rules, counted from `index` on. */
export function buildStartFilters(rules: readonly Rule[], index: number): StartFilter[] {
  const filters: StartFilter[] = [];
  for (let from = 0; from < rules.length; from += FILTER_RULES_MAX) {
    filters.push(buildStartFilter(rules.slice(from, from + FILTER_RULES_MAX), index + filters.length));
  }
  return filters;
}

/** The first place from `from` to `last` where, by two bytes, a wanted rule could start; past `last` when there is none. */
export function nextStart(
  filter: StartFilter,
  wanted: number,
  bytes: Uint8Array,
  from: number,
  last: number,
  start: number,
  escaped: boolean,
): number {
  const { first, before } = escaped ? filter.escaped : filter.plain;
  let at = from;
  if (at === start && at <= last) {
    if ((wanted & first[bytes[at]!]!) !== 0) return at;
    at++;
  }
  while (at <= last && (wanted & first[bytes[at]!]! & before[bytes[at - 1]!]!) === 0) at++;
  return at;
}

/**
 * Those of the wanted rules that can match at the byte, as bits. `escaped` bytes hold
 * JSON escapes; a byte that is not the first of its character or escape may be said
 * to start a match.
 */
export function rulesStartingAt(
  { before, offsets, ended }: StartFilter,
  wanted: number,
  bytes: Uint8Array,
  at: number,
  start: number,
  end: number,
  escaped: boolean,
): number {
  let rules = wanted & before[EDGE]!;
  if (at > start) rules = wanted & (escaped ? beforeEscaped(before, bytes, at) : before[codeOf(bytes[at - 1]!)]!);
  let place = at;
  for (let offset = 0; rules !== 0 && offset < OFFSETS_CHECKED; offset++) {
    if (place >= end) return rules & ended[offset]!;
    const byte = bytes[place]!;
    if (byte >= BEYOND_ASCII) {
      rules &= offsets[(offset << 8) | BEYOND_ASCII]!;
      // Beyond U+FFFF a character has two units, and so two offsets.
      if (byte >= 0xf0) rules &= offsets[(++offset << 8) | BEYOND_ASCII]!;
      place += byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    } else if (byte === BACKSLASH && escaped) {
      rules &= offsets[(offset << 8) | SPELLED_BY_LETTER[bytes[place + 1]!]!]!;
      place += 2;
    } else {
      rules &= offsets[(offset << 8) | byte]!;
      place++;
    }
  }
  return rules;
}

const FILTER_RULES_MAX = 32;
// The last one recorded serves the second unit of a character at the one before.
const OFFSETS_CHECKED = OFFSETS_RECORDED - 1;
const BACKSLASH = 0x5c;

function buildStartFilter(rules: readonly Rule[], index: number): StartFilter {
  const before = new Int32Array(256);
  const offsets = new Int32Array(OFFSETS_RECORDED << 8);
  const ended = new Int32Array(OFFSETS_CHECKED);
  for (const [at, { shape }] of rules.entries()) {
    const bit = 1 << at;
    for (let code = 0; code <= EDGE; code++) if (shape.before[code] === 1) before[code]! |= bit;
    for (let offset = 0; offset < OFFSETS_RECORDED; offset++) {
      const mayHaveEnded = offset >= shape.minLength;
      if (mayHaveEnded && offset < OFFSETS_CHECKED) ended[offset]! |= bit;
      for (let code = 0; code <= BEYOND_ASCII; code++) {
        if (mayHaveEnded || ((shape.offsets[code]! >>> offset) & 1) === 1) offsets[(offset << 8) | code]! |= bit;
      }
    }
  }
  return { index, rules, before, offsets, ended, ...quickLooks(before, offsets) };
}

function quickLooks(before: Int32Array, offsets: Int32Array): Pick<StartFilter, "plain" | "escaped"> {
  const plain = {
    first: Int32Array.from({ length: 256 }, (_, byte) => offsets[codeOf(byte)]!),
    before: Int32Array.from({ length: 256 }, (_, byte) => before[codeOf(byte)]!),
  };
  const escaped = {
    first: plain.first.with(BACKSLASH, ALL_RULES),
    // The byte may be the letter of an escape, and nothing starts behind the backslash of one.
    before: plain.before.map((rules, byte) => rules | before[codeOf(SPELLED_BY_LETTER[byte]!)]!),
  };
  return { plain, escaped };
}

const ALL_RULES = -1;

function codeOf(byte: number): number {
  return Math.min(byte, BEYOND_ASCII);
}

/** The byte before may be the letter of an escape, or stand for itself behind an escaped backslash. */
function beforeEscaped(before: Int32Array, bytes: Uint8Array, at: number): number {
  const byte = bytes[at - 1]!;
  if (bytes[at - 2] !== BACKSLASH) {
    // Right behind the backslash that begins an escape, nothing starts.
    return byte === BACKSLASH ? 0 : before[codeOf(byte)]!;
  }
  return before[codeOf(byte)]! | before[SPELLED_BY_LETTER[byte]!]!;
}
