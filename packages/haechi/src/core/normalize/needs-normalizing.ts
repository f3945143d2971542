import { HAS_ESCAPE, HAS_NON_ASCII, HAS_UNICODE_ESCAPE } from "../document/json-document.ts";
import { unescapeLetter } from "./decode-units.ts";
import type { FoldClass } from "./fold-class.ts";
import { foldsBetween } from "./fold-rule.ts";
import { FOLD_TABLE } from "./fold-table.ts";
import { LATIN, NOT_IN_WORD, wordPartOfCode, wordPartOfEntry } from "./homoglyph-words.ts";
import { INVISIBLE, NEIGHBOUR_OF_ASCII, OTHER } from "./neighbour.ts";

/**
 * True when the text of a leaf must be read through `normalizeLeaf`: a `\u` escape
 * can spell anything, and a character that folds where it stands hides something.
 * When false, the decoded text of the leaf equals its folded text, so its raw bytes
 * can be scanned. `flags` are those of the leaf table; a text leaf has no escape flags.
 */
export function needsNormalizing(bytes: Uint8Array, start: number, end: number, flags: number): boolean {
  if ((flags & HAS_UNICODE_ESCAPE) !== 0) return true;
  if ((flags & HAS_NON_ASCII) === 0) return false;
  const { blockOf, entryOf, entries } = FOLD_TABLE;
  const leaf: RawLeaf = { bytes, start, end, escaped: (flags & HAS_ESCAPE) !== 0 };
  let wordsJudgedTo = start;
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte < 0x80) {
      at++;
      continue;
    }
    const block = blockOf[blockNumber(bytes, at)]!;
    const from = at;
    at += sequenceLength(byte);
    if (block === 0) continue;
    const number = entryOf[(block << 6) | (bytes[at - 1]! & 0x3f)]!;
    if (number === 0) continue;
    const { foldClass } = entries[number]!;
    if (foldClass === "homoglyph") {
      // A word is judged whole at its first look-alike, so that a long one costs no more than its length.
      if (from < wordsJudgedTo) continue;
      wordsJudgedTo = wordEnd(leaf, from);
      if (wordHoldsLatin(leaf, from, wordsJudgedTo)) return true;
    } else if (foldClass === "invisible" || foldClass === "mark") {
      // All of a run have the same neighbours, so that a long one costs no more than its length.
      const runEnd = visibleFrom(leaf, at);
      if (someOfRunFolds(leaf, from, runEnd)) return true;
      at = runEnd;
    } else if (foldsWhereItStands(leaf, foldClass, from, at)) {
      return true;
    }
  }
  return false;
}

interface RawLeaf {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** The bytes are JSON string content. */
  readonly escaped: boolean;
}

/** `codePoint >> 6` of the multi-byte sequence at `at`. */
function blockNumber(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0xe0) return lead & 0x1f;
  const second = bytes[at + 1]! & 0x3f;
  if (lead < 0xf0) return ((lead & 0x0f) << 6) | second;
  return ((lead & 0x07) << 12) | (second << 6) | (bytes[at + 2]! & 0x3f);
}

function foldsWhereItStands(leaf: RawLeaf, foldClass: FoldClass, from: number, to: number): boolean {
  const previousAt = visibleBefore(leaf, from);
  const nextAt = visibleFrom(leaf, to);
  return foldsBetween(
    foldClass,
    neighbourAt(leaf, visibleBefore(leaf, previousAt)),
    neighbourAt(leaf, previousAt),
    neighbourAt(leaf, nextAt),
    neighbourAt(leaf, visibleFrom(leaf, unitEnd(leaf, nextAt))),
  );
}

function someOfRunFolds(leaf: RawLeaf, from: number, to: number): boolean {
  const previous = neighbourAt(leaf, unitBefore(leaf, from));
  const next = neighbourAt(leaf, to);
  if (foldsBetween("invisible", OTHER, previous, next, OTHER)) return true;
  if (!foldsBetween("mark", OTHER, previous, next, OTHER)) return false;
  for (let at = from; at < to; at = unitEnd(leaf, at)) {
    if (FOLD_TABLE.entries[entryAt(leaf, at)]!.foldClass === "mark") return true;
  }
  return false;
}

function visibleBefore(leaf: RawLeaf, to: number): number {
  let at = unitBefore(leaf, to);
  while (neighbourAt(leaf, at) === INVISIBLE) at = unitBefore(leaf, at);
  return at;
}

function visibleFrom(leaf: RawLeaf, from: number): number {
  let at = from;
  while (neighbourAt(leaf, at) === INVISIBLE) at = unitEnd(leaf, at);
  return at;
}

function wordEnd(leaf: RawLeaf, from: number): number {
  let at = from;
  while (wordPartAt(leaf, at) !== NOT_IN_WORD) at = unitEnd(leaf, at);
  return at;
}

function wordHoldsLatin(leaf: RawLeaf, from: number, to: number): boolean {
  for (let at = from; at < to; at = unitEnd(leaf, at)) {
    if (wordPartAt(leaf, at) === LATIN) return true;
  }
  for (let at = unitBefore(leaf, from); ; at = unitBefore(leaf, at)) {
    const part = wordPartAt(leaf, at);
    if (part === LATIN) return true;
    if (part === NOT_IN_WORD) return false;
  }
}

function wordPartAt(leaf: RawLeaf, at: number): number {
  if (at < leaf.start || at >= leaf.end) return NOT_IN_WORD;
  const number = entryAt(leaf, at);
  return number !== 0 ? wordPartOfEntry(number) : wordPartOfCode(asciiAt(leaf, at));
}

function neighbourAt(leaf: RawLeaf, at: number): number {
  if (at < leaf.start || at >= leaf.end) return OTHER;
  const number = entryAt(leaf, at);
  if (number !== 0) return FOLD_TABLE.entries[number]!.neighbour;
  const code = asciiAt(leaf, at);
  return code < 0x80 ? NEIGHBOUR_OF_ASCII[code]! : OTHER;
}

function entryAt({ bytes }: RawLeaf, at: number): number {
  if (bytes[at]! < 0x80) return 0;
  const block = FOLD_TABLE.blockOf[blockNumber(bytes, at)]!;
  return FOLD_TABLE.entryOf[(block << 6) | (bytes[at + sequenceLength(bytes[at]!) - 1]! & 0x3f)]!;
}

/** The ASCII character at `at`, unescaped; a value of 0x80 or above for any other. */
function asciiAt({ bytes, escaped }: RawLeaf, at: number): number {
  const byte = bytes[at]!;
  return escaped && byte === BACKSLASH ? unescapeLetter(bytes[at + 1]!) : byte;
}

function unitEnd({ bytes, start, end, escaped }: RawLeaf, at: number): number {
  if (at < start) return start;
  if (at >= end) return end;
  const byte = bytes[at]!;
  if (byte < 0x80) return at + (escaped && byte === BACKSLASH ? 2 : 1);
  return at + sequenceLength(byte);
}

/** Length of the UTF-8 sequence that a byte of 0xc2 or above leads. */
function sequenceLength(lead: number): number {
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Start of the unit that ends at `to`; before the leaf when there is none. */
function unitBefore({ bytes, start, escaped }: RawLeaf, to: number): number {
  let at = to - 1;
  if (at < start) return start - 1;
  if (bytes[at]! < 0x80) return escaped && isEscapeLetter(bytes, start, at) ? at - 1 : at;
  while ((bytes[at]! & 0xc0) === 0x80) at--;
  return at;
}

/** An odd number of backslashes stands before it. */
function isEscapeLetter(bytes: Uint8Array, start: number, at: number): boolean {
  let first = at;
  while (first > start && bytes[first - 1] === BACKSLASH) first--;
  return ((at - first) & 1) === 1;
}

const BACKSLASH = 0x5c;
