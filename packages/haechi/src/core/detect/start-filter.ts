import { BEYOND_ASCII, CODE_SET_SIZE, EDGE } from "./code-set.ts";
import { SPELLED_BY_LETTER } from "./decoded-text.ts";
import type { Rule } from "./rule.ts";
import { StartAutomaton } from "./start-automaton.ts";

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
  readonly automaton: StartAutomaton;
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
  { before, automaton }: StartFilter,
  wanted: number,
  bytes: Uint8Array,
  at: number,
  start: number,
  end: number,
  escaped: boolean,
): number {
  let rules = wanted & before[EDGE]!;
  if (at > start) rules = wanted & (escaped ? beforeEscaped(before, bytes, at) : before[codeOf(bytes[at - 1]!)]!);
  return rules === 0 ? 0 : automaton.rulesAt(rules, bytes, at, end, escaped);
}

const FILTER_RULES_MAX = 32;
const BACKSLASH = 0x5c;

function buildStartFilter(rules: readonly Rule[], index: number): StartFilter {
  const before = new Int32Array(CODE_SET_SIZE);
  const first = new Int32Array(CODE_SET_SIZE);
  for (const [at, { shape }] of rules.entries()) {
    for (let code = 0; code < CODE_SET_SIZE; code++) {
      if (shape.before[code] === 1) before[code]! |= 1 << at;
      if (shape.first[code] === 1) first[code]! |= 1 << at;
    }
  }
  return { index, rules, before, automaton: new StartAutomaton(rules), ...quickLooks(before, first) };
}

function quickLooks(before: Int32Array, first: Int32Array): Pick<StartFilter, "plain" | "escaped"> {
  const plain = {
    first: Int32Array.from({ length: 256 }, (_, byte) => first[codeOf(byte)]!),
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
