import { HAS_ESCAPE, HAS_ESCAPED_BACKSLASH, HAS_NON_ASCII, HAS_UNICODE_ESCAPE } from "../document/json-document.ts";
import { type Characters, characterEnd, foldEntryAt, visibleFrom } from "./characters.ts";
import { codeEscapeAt } from "./code-escape.ts";
import { foldOfInvisibleRun, foldsInContext, runHolds, wordEnd, wordFolds } from "./fold-rule.ts";
import { FoldSigns } from "./fold-signs.ts";
import { FOLD_ENTRIES } from "./fold-table.ts";
import { HIDDEN_BYTES_MIN, hiddenTextAt, mayBeginHiddenText } from "./hidden-text.ts";
import { nestedEscapeAt } from "./nested-escape.ts";
import { holdsOverride } from "./reordered.ts";
import { maySpellAt } from "./spelling-places.ts";
import type { Spellings } from "./unspell.ts";

/**
 * True when the text of a leaf must be read through `normalizeLeaf`: a `\u` escape
 * can spell anything, an escape in the text hides a character or where a value begins,
 * and a character that folds where it stands hides something.
 * When false, the decoded text of the leaf equals its folded text, so its raw bytes
 * can be scanned. `flags` are those of the leaf table; a text leaf has no escape flags.
 * @param unspelled of the spellings that do not begin with a backslash, none is known to stand in the leaf
 * @param signsOf gives the signs of the bytes, where one leaf of a document after the other asks for them
 */
export function needsNormalizing(
  bytes: Uint8Array,
  start: number,
  end: number,
  flags: number,
  spellings: Spellings = "json",
  unspelled = false,
  signsOf = (spelled: boolean) => new FoldSigns(bytes.subarray(0, end), spelled),
): boolean {
  if ((flags & HAS_UNICODE_ESCAPE) !== 0) return true;
  const all = spellings === "all";
  const leaf: Characters = { bytes, start, end, escaped: (flags & HAS_ESCAPE) !== 0 };
  const mayBeSpelled = all && !unspelled;
  // In a string with escapes, a backslash is spelled by one of its own.
  const mayNest = !leaf.escaped || (flags & HAS_ESCAPED_BACKSLASH) !== 0;
  if ((flags & HAS_NON_ASCII) === 0 && all && unspelled) return mayNest && holdsNestedEscape(leaf, all);
  const escapeAt = all ? codeEscapeAt : nestedEscapeAt;
  const signs = signsOf(mayBeSpelled);
  let wordJudgedTo = start;
  let at = start;
  for (;;) {
    at = signs.nextFrom(at);
    if (at >= end) return false;
    const from = at;
    const byte = bytes[from]!;
    at = characterEnd(leaf, from);
    if (byte < 0x80) {
      if (mayBeSpelled && maySpellAt(bytes, from, start, end)) return true;
      if (byte === BACKSLASH) {
        const spellsBackslash = !leaf.escaped || bytes[from + 1] === BACKSLASH;
        if (mayNest && spellsBackslash && escapeAt(leaf, from) !== null) return true;
      }
    }
    const number = foldEntryAt(leaf, from);
    if (number === 0) continue;
    const { foldClass } = FOLD_ENTRIES[number]!;
    if (foldClass === "homoglyph") {
      if (from < wordJudgedTo) continue;
      wordJudgedTo = wordEnd(leaf, from);
      if (wordFolds(leaf, from, leaf, from, wordJudgedTo)) return true;
    } else if (foldClass === "invisible" || foldClass === "mark") {
      at = visibleFrom(leaf, at);
      if (all && holdsHiddenText(bytes, from, at)) return true;
      const fold = foldOfInvisibleRun(leaf, from, leaf, from, at);
      if (fold.invisible || (fold.mark && runHolds(leaf, from, at, "mark"))) return true;
    } else if (foldsInContext(foldClass, leaf, from, leaf, at)) {
      return true;
    }
  }
}

const BACKSLASH = 0x5c;

/** Or a control, which may erase what stands before it, or an override, which turns round what follows. */
function holdsHiddenText(bytes: Uint8Array, from: number, to: number): boolean {
  if (holdsOverride(bytes, from, to)) return true;
  for (let at = from; at < to; at++) {
    if (bytes[at]! < 0x80) return true;
    if (to - at >= HIDDEN_BYTES_MIN && mayBeginHiddenText(bytes[at]!) && hiddenTextAt(bytes, at, to) !== null)
      return true;
  }
  return false;
}

function holdsNestedEscape(leaf: Characters, ofCode: boolean): boolean {
  const { bytes, start, end, escaped } = leaf;
  const escapeAt = ofCode ? codeEscapeAt : nestedEscapeAt;
  const within = bytes.subarray(start, end);
  for (let at = within.indexOf(BACKSLASH); at !== -1; ) {
    const spellsBackslash = !escaped || bytes[start + at + 1] === BACKSLASH;
    if (spellsBackslash && escapeAt(leaf, start + at) !== null) return true;
    at = within.indexOf(BACKSLASH, characterEnd(leaf, start + at) - start);
  }
  return false;
}
