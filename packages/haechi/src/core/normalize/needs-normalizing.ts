import { HAS_ESCAPE, HAS_ESCAPED_BACKSLASH, HAS_NON_ASCII, HAS_UNICODE_ESCAPE } from "../document/json-document.ts";
import { type Characters, characterEnd, foldEntryAt, sequenceLength, visibleFrom } from "./characters.ts";
import { foldOfInvisibleRun, foldsInContext, wordEnd, wordFolds } from "./fold-rule.ts";
import { entryAt, FOLD_ENTRIES } from "./fold-table.ts";
import { nestedEscapeAt } from "./nested-escape.ts";

/**
 * True when the text of a leaf must be read through `normalizeLeaf`: a `\u` escape
 * can spell anything, an escape of nested JSON hides where a value begins, and a
 * character that folds where it stands hides something.
 * When false, the decoded text of the leaf equals its folded text, so its raw bytes
 * can be scanned. `flags` are those of the leaf table; a text leaf has no escape flags.
 */
export function needsNormalizing(bytes: Uint8Array, start: number, end: number, flags: number): boolean {
  if ((flags & HAS_UNICODE_ESCAPE) !== 0) return true;
  const leaf: Characters = { bytes, start, end, escaped: (flags & HAS_ESCAPE) !== 0 };
  // In a string with escapes, a backslash is spelled by one of its own.
  if ((!leaf.escaped || (flags & HAS_ESCAPED_BACKSLASH) !== 0) && holdsNestedEscape(leaf)) return true;
  if ((flags & HAS_NON_ASCII) === 0) return false;
  let wordJudgedTo = start;
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte < 0x80) {
      at++;
      continue;
    }
    const from = at;
    at += sequenceLength(byte);
    const number = entryAt(bytes, from);
    if (number === 0) continue;
    const { foldClass } = FOLD_ENTRIES[number]!;
    if (foldClass === "homoglyph") {
      if (from < wordJudgedTo) continue;
      wordJudgedTo = wordEnd(leaf, from);
      if (wordFolds(leaf, from, leaf, from, wordJudgedTo)) return true;
    } else if (foldClass === "invisible" || foldClass === "mark") {
      at = visibleFrom(leaf, at);
      const fold = foldOfInvisibleRun(leaf, from, leaf, at);
      if (fold.invisible || (fold.mark && holdsMark(leaf, from, at))) return true;
    } else if (foldsInContext(foldClass, leaf, from, leaf, at)) {
      return true;
    }
  }
  return false;
}

function holdsNestedEscape(leaf: Characters): boolean {
  const { bytes, start, end, escaped } = leaf;
  const within = bytes.subarray(start, end);
  for (let at = within.indexOf(BACKSLASH); at !== -1; ) {
    const spellsBackslash = !escaped || bytes[start + at + 1] === BACKSLASH;
    if (spellsBackslash && nestedEscapeAt(leaf, start + at) !== null) return true;
    at = within.indexOf(BACKSLASH, characterEnd(leaf, start + at) - start);
  }
  return false;
}

const BACKSLASH = 0x5c;

function holdsMark(leaf: Characters, from: number, to: number): boolean {
  for (let at = from; at < to; at = characterEnd(leaf, at)) {
    if (FOLD_ENTRIES[foldEntryAt(leaf, at)]!.foldClass === "mark") return true;
  }
  return false;
}
