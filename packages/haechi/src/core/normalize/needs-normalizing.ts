import { HAS_ESCAPE, HAS_ESCAPED_BACKSLASH, HAS_NON_ASCII, HAS_UNICODE_ESCAPE } from "../document/json-document.ts";
import { type Characters, characterEnd, foldEntryAt, sequenceLength, visibleFrom } from "./characters.ts";
import { codeEscapeAt } from "./code-escape.ts";
import type { FoldClass } from "./fold-class.ts";
import { foldOfInvisibleRun, foldsInContext, NEEDS_PREVIOUS, wordEnd, wordFolds } from "./fold-rule.ts";
import { BLOCK_FOLDS, entryAt, FOLD_ENTRIES, LEADS_FOLD } from "./fold-table.ts";
import { HIDDEN_BYTES_MIN, hiddenTextAt, mayBeginHiddenText } from "./hidden-text.ts";
import { nestedEscapeAt } from "./nested-escape.ts";
import { holdsOverride } from "./reordered.ts";
import { BEGINS_SPELLING, maySpellAt } from "./spelling-places.ts";
import type { Spellings } from "./unspell.ts";

/**
 * True when the text of a leaf must be read through `normalizeLeaf`: a `\u` escape
 * can spell anything, an escape in the text hides a character or where a value begins,
 * and a character that folds where it stands hides something.
 * When false, the decoded text of the leaf equals its folded text, so its raw bytes
 * can be scanned. `flags` are those of the leaf table; a text leaf has no escape flags.
 * @param unspelled of the spellings that do not begin with a backslash, none is known to stand in the leaf
 */
export function needsNormalizing(
  bytes: Uint8Array,
  start: number,
  end: number,
  flags: number,
  spellings: Spellings = "json",
  unspelled = false,
): boolean {
  if ((flags & HAS_UNICODE_ESCAPE) !== 0) return true;
  const all = spellings === "all";
  const leaf: Characters = { bytes, start, end, escaped: (flags & HAS_ESCAPE) !== 0 };
  const mayBeSpelled = all && !unspelled;
  // In a string with escapes, a backslash is spelled by one of its own.
  const mayNest = !leaf.escaped || (flags & HAS_ESCAPED_BACKSLASH) !== 0;
  if ((flags & HAS_NON_ASCII) === 0 && !mayBeSpelled) return mayNest && holdsNestedEscape(leaf, all);
  const escapeAt = all ? codeEscapeAt : nestedEscapeAt;
  const isSign = mayBeSpelled ? SPELLS_OR_LEADS : mayNest ? NESTS_OR_LEADS : LEADS_FOLD;
  let wordJudgedTo = start;
  let at = start;
  for (;;) {
    at = nextSign(bytes, at, end, isSign);
    if (at >= end) return false;
    const from = at;
    const byte = bytes[from]!;
    if (byte < 0x80) {
      if (mayBeSpelled && maySpellAt(bytes, from, start, end)) return true;
      if (byte === BACKSLASH) {
        const spellsBackslash = !leaf.escaped || bytes[from + 1] === BACKSLASH;
        if (mayNest && spellsBackslash && escapeAt(leaf, from) !== null) return true;
      }
      at = characterEnd(leaf, from);
      continue;
    }
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
      if (all && holdsHiddenText(bytes, from, at)) return true;
      const fold = foldOfInvisibleRun(leaf, from, leaf, at);
      if (fold.invisible || (fold.mark && holdsMark(leaf, from, at))) return true;
    } else if (!isAmongOthers(foldClass, leaf, from, at) && foldsInContext(foldClass, leaf, from, leaf, at)) {
      return true;
    }
  }
}

/** The first place from there on that is to be looked at; `end` or past it when there is none. */
function nextSign(bytes: Uint8Array, from: number, end: number, isSign: Uint8Array): number {
  let at = from;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte >= 0xe0) {
      if (byte >= 0xf0 || (blockFolds(bytes, at) && entryAt(bytes, at) !== 0)) return at;
      at += 3;
      // Words of Hangul, Han and the like go on. Past the end stands no such lead.
      for (;;) {
        const lead = bytes[at]!;
        if (lead >= 0xe0 && lead < 0xf0 && !blockFolds(bytes, at)) at += 3;
        else if (lead === BLANK) at++;
        else break;
      }
      continue;
    }
    if (isSign[byte] !== 0) return at;
    at++;
    // Where in a character this comes to stand does not matter: only first bytes are signs.
    while (
      at + 4 <= end &&
      (isSign[bytes[at]!]! | isSign[bytes[at + 1]!]! | isSign[bytes[at + 2]!]! | isSign[bytes[at + 3]!]!) === 0
    ) {
      at += 4;
    }
  }
  return at;
}

/** False when no code point of the block folds in which the sequence of three bytes at `at` stands. */
function blockFolds(bytes: Uint8Array, at: number): boolean {
  return BLOCK_FOLDS[((bytes[at]! & 0x0f) << 6) | (bytes[at + 1]! & 0x3f)] !== 0;
}

/** It stands where it never folds: among characters that are none to a rule, as within a sentence of another script. */
function isAmongOthers(foldClass: FoldClass, leaf: Characters, from: number, to: number): boolean {
  const { bytes, start, end } = leaf;
  if (from === start || bytes[from - 1]! < 0x80) return false;
  let before = from - 1;
  while ((bytes[before]! & 0xc0) === 0x80) before--;
  if (entryAt(bytes, before) !== 0) return false;
  return NEEDS_PREVIOUS.has(foldClass) || (to < end && bytes[to]! >= 0x80 && entryAt(bytes, to) === 0);
}

const BLANK = 0x20;
const BACKSLASH = 0x5c;

// By byte: 1 where a look is needed.
const NESTS_OR_LEADS = LEADS_FOLD.map((leads, byte) => (byte === BACKSLASH ? 1 : leads));
const SPELLS_OR_LEADS = NESTS_OR_LEADS.map((sign, byte) => sign | BEGINS_SPELLING[byte]!);

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

function holdsMark(leaf: Characters, from: number, to: number): boolean {
  for (let at = from; at < to; at = characterEnd(leaf, at)) {
    if (FOLD_ENTRIES[foldEntryAt(leaf, at)]!.foldClass === "mark") return true;
  }
  return false;
}
