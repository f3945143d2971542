import type { ContextWords } from "../detector.ts";

/** Context words, ready to be looked for. */
export interface CompiledContext {
  // Patterns with the flag g, which are told where to begin.
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
  if (forbids !== null && standsBefore(forbids, text, start, reach)) return false;
  const isNamed =
    requires === null ||
    standsBefore(requires, text, start, reach) ||
    holds(requires, key) ||
    standsBehind(requires, text, end, reach) ||
    holds(requires, header());
  if (!isNamed || rejects === null) return isNamed;
  return !rejects(text.slice(Math.max(0, start - reach), start), text.slice(end, end + reach));
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
  if (standsBefore(raises, text, start, reach) || standsBehind(raises, text, end, reach)) return true;
  return holds(raises, key) || holds(raises, header());
}

/** True when one of the words stands in the name: a key or a header. */
export function holds(words: RegExp, name: string | null): boolean {
  return name !== null && standsBefore(words, name, name.length, name.length);
}

/** True when one of the words stands within `reach` characters before the place. */
function standsBefore(words: RegExp, text: string, place: number, reach: number): boolean {
  const from = Math.max(0, place - reach);
  // The character before says whether what the reach cuts off is the rest of a longer word.
  const first = Math.max(0, from - 1);
  words.lastIndex = from - first;
  return words.test(text.slice(first, place));
}

/** True when one of the words stands within `reach` characters from the place on. */
function standsBehind(words: RegExp, text: string, place: number, reach: number): boolean {
  const stretch = text.slice(place, place + reach + CHARACTERS_BEYOND);
  for (let from = 0; ; from++) {
    words.lastIndex = from;
    const word = words.exec(stretch);
    if (word === null) return false;
    if (word.index + word[0].length <= reach) return true;
    from = word.index;
  }
}

/** How many characters beyond its reach tell whether a word is the beginning of a longer one. */
export const CHARACTERS_BEYOND = 1;

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
  if (end + reach + CHARACTERS_BEYOND <= text.length) return true;
  const standsThere = (words: RegExp) => standsBefore(words, text, start, reach);
  if (forbids !== null && standsThere(forbids)) return true;
  if (rejects !== null) return false;
  return (requires === null || standsThere(requires)) && (raises === null || standsThere(raises));
}

/** Source of a pattern for any of the words, with what may stand around one; to be compiled with the flag `i`. */
export function wordsSource(words: readonly string[]): string {
  return words.map((word) => `${borderBefore(word)}${escaped(word)}${borderAfter(word)}`).join("|");
}

function anyWord(words: readonly string[]): RegExp {
  return new RegExp(wordsSource(words), "gi");
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
