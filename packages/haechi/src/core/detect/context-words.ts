import type { ContextWords } from "./detector.ts";

/** Context words, ready to be looked for. */
export interface CompiledContext {
  readonly requires: RegExp | null;
  readonly forbids: RegExp | null;
  readonly raises: RegExp | null;
  readonly rejects: ((before: string, after: string) => boolean) | null;
  readonly reach: number;
}

/**
 * A word counts in any case, and not as a part of a longer run of ASCII letters
 * (`ssn` is not in `classname`), unless capitals mark it off (`userSsn`).
 */
export function compileContext({ requires, forbids, raises, rejects, reach }: ContextWords): CompiledContext {
  return {
    requires: requires === undefined ? null : anyWord(requires),
    forbids: forbids === undefined ? null : anyWord(forbids),
    raises: raises === undefined ? null : anyWord(raises),
    rejects: rejects ?? null,
    reach,
  };
}

/**
 * True when the words around `start` to `end` in the text, in the JSON key or in the header
 * of a column let a finding count. The header is asked for only when it can tell.
 */
export function contextAllows(
  { requires, forbids, rejects, reach }: CompiledContext,
  text: string,
  start: number,
  end: number,
  key: string | null,
  header: () => string | null = noHeader,
): boolean {
  const before = text.slice(Math.max(0, start - reach), start);
  if (forbids?.test(before)) return false;
  const after = text.slice(end, end + reach);
  const isNamed =
    requires === null ||
    requires.test(before) ||
    holds(requires, key) ||
    requires.test(after) ||
    holds(requires, header());
  return isNamed && rejects?.(before, after) !== true;
}

/** By how much words of `raises` raise a confidence, which they bring to `SUREST` at most. */
export const RAISED_BY = 0.15;
export const SUREST = 0.99;

/** True when words in the same places make a finding surer. */
export function contextRaises(
  { raises, reach }: CompiledContext,
  text: string,
  start: number,
  end: number,
  key: string | null,
  header: () => string | null = noHeader,
): boolean {
  if (raises === null) return false;
  if (raises.test(text.slice(Math.max(0, start - reach), start)) || raises.test(text.slice(end, end + reach)))
    return true;
  return holds(raises, key) || holds(raises, header());
}

function holds(words: RegExp, name: string | null): boolean {
  return name !== null && words.test(name);
}

function noHeader(): null {
  return null;
}

/** True when text that is still to come after `text` cannot change what `contextAllows` and `contextRaises` say. */
export function contextIsDecided(
  { requires, forbids, raises, rejects, reach }: CompiledContext,
  text: string,
  start: number,
  end: number,
): boolean {
  if (end + reach <= text.length) return true;
  const before = text.slice(Math.max(0, start - reach), start);
  if (forbids?.test(before) === true) return true;
  if (rejects !== null) return false;
  return (requires === null || requires.test(before)) && (raises === null || raises.test(before));
}

/** Source of a pattern for any of the words, with what may stand around one; to be compiled with the flag `i`. */
export function wordsSource(words: readonly string[]): string {
  return words.map((word) => `${borderBefore(word)}${escaped(word)}${borderAfter(word)}`).join("|");
}

function anyWord(words: readonly string[]): RegExp {
  return new RegExp(wordsSource(words), "i");
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function borderBefore(word: string): string {
  return /^[a-z]/i.test(word) ? "(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))" : "";
}

function borderAfter(word: string): string {
  return /[a-z]$/i.test(word) ? "(?:(?![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))" : "";
}
