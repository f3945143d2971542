import type { ContextWords } from "./detector.ts";

/** Context words, ready to be looked for. */
export interface CompiledContext {
  readonly requiredWords: readonly string[] | null;
  readonly requires: RegExp | null;
  readonly forbids: RegExp | null;
  readonly reach: number;
}

/**
 * A word counts in any case, and not as a part of a longer run of ASCII letters
 * (`ssn` is not in `classname`), unless capitals mark it off (`userSsn`).
 */
export function compileContext({ requires, forbids, reach }: ContextWords): CompiledContext {
  return {
    requiredWords: requires ?? null,
    requires: requires === undefined ? null : anyWord(requires),
    forbids: forbids === undefined ? null : anyWord(forbids),
    reach,
  };
}

/** True when the words around `start` to `end` in the text, or in the JSON key, let a finding count. */
export function contextAllows(
  { requires, forbids, reach }: CompiledContext,
  text: string,
  start: number,
  end: number,
  key: string | null,
): boolean {
  const before = text.slice(Math.max(0, start - reach), start);
  if (forbids?.test(before)) return false;
  if (requires === null || requires.test(before)) return true;
  if (key !== null && requires.test(key)) return true;
  return requires.test(text.slice(end, end + reach));
}

/** True when text that is still to come after `text` cannot change what `contextAllows` says. */
export function contextIsDecided(
  { requires, forbids, reach }: CompiledContext,
  text: string,
  start: number,
  end: number,
): boolean {
  // One character more than the reach shows whether a last word ends there.
  if (requires === null || end + reach <= text.length) return true;
  const before = text.slice(Math.max(0, start - reach), start);
  return forbids?.test(before) === true || requires.test(before);
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
