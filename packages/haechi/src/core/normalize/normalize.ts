import { HAS_NON_ASCII, type JsonDocument, NUMBER_LEAF } from "../document/json-document.ts";
import { type Characters, characterEnd, codePointAt, foldEntryAt, visibleFrom } from "./characters.ts";
import { foldOfInvisibleRun, foldsInContext, wordEnd, wordFolds } from "./fold-rule.ts";
import { entryOfCodePoint, FOLD_ENTRIES } from "./fold-table.ts";
import { needsNormalizing } from "./needs-normalizing.ts";
import { type Spellings, unspell } from "./unspell.ts";
import { type NormalizedText, over, WrittenText } from "./written-text.ts";

export { needsNormalizing } from "./needs-normalizing.ts";
export type { Spellings } from "./unspell.ts";
export type { NormalizedText } from "./written-text.ts";

/** What a leaf says when its disguises are seen through: `normalizeText` of `decodeLeaf`. */
export function normalizeLeaf(document: JsonDocument, leaf: number, spellings: Spellings = "json"): NormalizedText {
  return normalizeText(decodeLeaf(document, leaf), spellings);
}

/** What a decoded text says when its disguises are seen through. Both maps rise, and together they cover it in whole characters. */
export function normalizeText(text: NormalizedText, spellings: Spellings): NormalizedText {
  let read = text;
  // What folds may make its neighbours fold, or spell something.
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const spelled = unspell(read, spellings);
    const next = fold(spelled) ?? spelled;
    if (next === read) break;
    read = next;
  }
  return read;
}

const ROUNDS_MAX = 3;

/**
 * The decoded text of a leaf, nothing folded. Folding joins what ordinary text sets
 * apart (a footnote number after an address, a middle dot between telephone
 * numbers), so a leaf with `folded` text is to be read both ways.
 * @param start where in the document to begin, if not with the leaf: never within a character or an escape
 */
export function decodeLeaf(
  document: JsonDocument,
  leaf: number,
  start = document.leaves.start[leaf]!,
  end = document.leaves.end[leaf]!,
): NormalizedText {
  const { bytes, format, leaves } = document;
  const escaped = format === "json" && leaves.kind[leaf] !== NUMBER_LEAF;
  const source: Characters = { bytes, start, end, escaped };
  const written = new WrittenText(source.end - source.start);
  let at = written.copyPlain(source, source.start);
  while (at < source.end) {
    const from = at;
    at = characterEnd(source, from);
    written.keep(codePointAt(source, from), from, at);
    at = written.copyPlain(source, at);
  }
  return written.result();
}

/** Null when nothing folds. */
function fold(text: NormalizedText): NormalizedText | null {
  if (!needsNormalizing(text.bytes, 0, text.bytes.length, HAS_NON_ASCII)) return null;
  const source: Characters = { bytes: text.bytes, start: 0, end: text.bytes.length, escaped: false };
  const written = new WrittenText(source.end);
  let wordJudgedTo = source.start;
  let wordIsDisguised = false;
  let quoteOpen = false;
  let at = written.copyPlain(source, source.start);
  while (at < source.end) {
    const from = at;
    at = characterEnd(source, from);
    const code = codePointAt(source, from);
    const number = code >= 0x80 ? entryOfCodePoint(code) : foldEntryAt(source, from);
    if (number === 0) {
      written.keep(code, from, at);
      at = written.copyPlain(source, at);
      continue;
    }
    const { foldClass, text: folded } = FOLD_ENTRIES[number]!;
    if (foldClass === "invisible" || foldClass === "mark") {
      const runEnd = visibleFrom(source, at);
      const folds = foldOfInvisibleRun(written, written.end, source, from, runEnd);
      for (let next = from; next < runEnd; next = at) {
        at = characterEnd(source, next);
        const { foldClass: inRun } = FOLD_ENTRIES[foldEntryAt(source, next)]!;
        if (inRun === "mark" ? folds.mark : folds.invisible) written.drop(at);
        else written.keep(codePointAt(source, next), next, at);
      }
      continue;
    }
    let folds: boolean;
    if (foldClass === "homoglyph") {
      if (from >= wordJudgedTo) {
        wordJudgedTo = wordEnd(source, from);
        wordIsDisguised = wordFolds(written, written.end, source, from, wordJudgedTo);
      }
      folds = wordIsDisguised;
    } else if (foldClass === "quote") {
      // The mark that closes an assigned value folds with the one that opened it.
      folds = quoteOpen || foldsInContext(foldClass, written, written.end, source, at);
      quoteOpen = folds && !quoteOpen;
    } else {
      folds = foldsInContext(foldClass, written, written.end, source, at);
    }
    if (folds) written.put(folded, from, at);
    else written.keep(code, from, at);
  }
  const result = written.result();
  return result.folded ? over(result, text) : null;
}
