import { type JsonDocument, NUMBER_LEAF } from "../document/json-document.ts";
import {
  type Characters,
  characterEnd,
  codePointAt,
  foldEntryAt,
  hexadecimal,
  sequenceLength,
  visibleFrom,
} from "./characters.ts";
import { foldOfInvisibleRun, foldsInContext, wordEnd, wordFolds } from "./fold-rule.ts";
import { entryAt, entryOfCodePoint, FOLD_ENTRIES } from "./fold-table.ts";
import { nestedEscapeAt } from "./nested-escape.ts";

export { needsNormalizing } from "./needs-normalizing.ts";

/** The text that rules read instead of a leaf, and the way back to its bytes. */
export interface NormalizedText {
  /** Well-formed UTF-8: escapes decoded, those of JSON within a string too; disguised characters folded. */
  readonly bytes: Uint8Array;
  /** For each byte: where the character it came from starts in the document. */
  readonly sourceStart: Int32Array;
  /** For each byte: where that character ends. What folds to nothing belongs to the character before it. */
  readonly sourceEnd: Int32Array;
  /** False when nothing was disguised: the text is what `decodeLeaf` gives. */
  readonly folded: boolean;
}

/** The decoded and folded text of a leaf. Both maps rise, and together they cover the leaf in whole characters. */
export function normalizeLeaf(document: JsonDocument, leaf: number): NormalizedText {
  return fold(charactersOf(document, leaf));
}

/**
 * The decoded text of a leaf, nothing folded. Folding joins what ordinary text sets
 * apart (a footnote number after an address, a middle dot between telephone
 * numbers), so a leaf with `folded` text is to be read both ways.
 */
export function decodeLeaf(document: JsonDocument, leaf: number): NormalizedText {
  const source = charactersOf(document, leaf);
  const written = new Written(source.end - source.start);
  let at = source.start;
  while (at < source.end) {
    const from = at;
    at = characterEnd(source, from);
    written.keep(codePointAt(source, from), from, at);
  }
  return written.result();
}

function charactersOf({ bytes, format, leaves }: JsonDocument, leaf: number): Characters {
  const escaped = format === "json" && leaves.kind[leaf] !== NUMBER_LEAF;
  return { bytes, start: leaves.start[leaf]!, end: leaves.end[leaf]!, escaped };
}

function fold(source: Characters): NormalizedText {
  const written = new Written(source.end - source.start);
  let wordJudgedTo = source.start;
  let wordIsDisguised = false;
  let quoteOpen = false;
  let at = written.copyPlain(source, source.start);
  while (at < source.end) {
    const from = at;
    at = characterEnd(source, from);
    const code = codePointAt(source, from);
    if (code === BACKSLASH) {
      const nested = nestedEscapeAt(source, from);
      if (nested === null) written.keep(code, from, at);
      else {
        at = nested.end;
        written.decode(nested.code, from, at);
      }
      at = written.copyPlain(source, at);
      continue;
    }
    const number = code >= 0x80 ? entryOfCodePoint(code) : foldEntryAt(source, from);
    if (number === 0) {
      written.keep(code, from, at);
      at = written.copyPlain(source, at);
      continue;
    }
    const { foldClass, text } = FOLD_ENTRIES[number]!;
    if (foldClass === "invisible" || foldClass === "mark") {
      const runEnd = visibleFrom(source, at);
      const folds = foldOfInvisibleRun(written, written.end, source, runEnd);
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
    if (folds) written.put(text, from, at);
    else written.keep(code, from, at);
  }
  return written.result();
}

/**
 * The folded text as it grows. It needs no more room than the source: U+FFFD stands
 * for six bytes of escape, and the fold table holds no text longer than the UTF-8
 * of its code point.
 */
class Written implements Characters {
  readonly bytes: Uint8Array;
  readonly start = 0;
  readonly escaped = false;
  end = 0;
  readonly #sourceStart: Int32Array;
  readonly #sourceEnd: Int32Array;
  #lastCharacter = 0;
  #folded = false;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.#sourceStart = new Int32Array(capacity);
    this.#sourceEnd = new Int32Array(capacity);
  }

  /** Copies characters that never fold, from `from` on, and says where they end. */
  copyPlain(source: Characters, from: number): number {
    const { bytes: sourceBytes, end: sourceEnd } = source;
    const bytes = this.bytes;
    const starts = this.#sourceStart;
    const ends = this.#sourceEnd;
    let at = from;
    let to = this.end;
    let last = this.#lastCharacter;
    for (;;) {
      const asciiFrom = to;
      for (; at < sourceEnd; at++) {
        const byte = sourceBytes[at]!;
        if (byte >= 0x80 || byte === BACKSLASH) break;
        bytes[to] = byte;
        starts[to] = at;
        ends[to] = at + 1;
        to++;
      }
      if (to > asciiFrom) last = to - 1;
      if (at >= sourceEnd) break;
      const start = at;
      const lead = sourceBytes[at]!;
      if (lead === BACKSLASH) {
        if (!source.escaped) break;
        // Clients that escape all non-ASCII are ordinary, so their East Asian text gets a path of its own.
        const code = sourceBytes[at + 1] === LETTER_U ? hexadecimal(sourceBytes, at + 2) : 0;
        if (code < 0x800 || (code >= 0xd800 && code <= 0xdfff) || entryOfCodePoint(code) !== 0) break;
        last = to;
        bytes[to] = 0xe0 | (code >> 12);
        bytes[to + 1] = 0x80 | ((code >> 6) & 0x3f);
        bytes[to + 2] = 0x80 | (code & 0x3f);
        at += 6;
        for (const end = to + 3; to < end; to++) {
          starts[to] = start;
          ends[to] = at;
        }
        continue;
      }
      if (entryAt(sourceBytes, at) !== 0) break;
      last = to;
      const end = at + sequenceLength(lead);
      for (; at < end; at++) {
        bytes[to] = sourceBytes[at]!;
        starts[to] = start;
        ends[to] = end;
        to++;
      }
    }
    this.#lastCharacter = last;
    this.end = to;
    return at;
  }

  /** Writes a character as it is. */
  keep(code: number, from: number, to: number): void {
    const at = this.end;
    if (code < 0x80) {
      this.bytes[this.end++] = code;
    } else {
      if (code < 0x800) {
        this.bytes[this.end++] = 0xc0 | (code >> 6);
      } else {
        if (code < 0x10000) {
          this.bytes[this.end++] = 0xe0 | (code >> 12);
        } else {
          this.bytes[this.end++] = 0xf0 | (code >> 18);
          this.bytes[this.end++] = 0x80 | ((code >> 12) & 0x3f);
        }
        this.bytes[this.end++] = 0x80 | ((code >> 6) & 0x3f);
      }
      this.bytes[this.end++] = 0x80 | (code & 0x3f);
    }
    this.#map(at, from, to);
  }

  /** Writes what an escape sequence of nested JSON spells. */
  decode(code: number, from: number, to: number): void {
    this.#folded = true;
    this.keep(code, from, to);
  }

  /** Writes what a character folds to. */
  put(text: string, from: number, to: number): void {
    const at = this.end;
    this.#folded = true;
    for (let index = 0; index < text.length; index++) this.bytes[this.end++] = text.charCodeAt(index);
    this.#map(at, from, to);
  }

  /** Leaves a character out: replacing the one before it takes it along. */
  drop(to: number): void {
    this.#folded = true;
    for (let at = this.#lastCharacter; at < this.end; at++) this.#sourceEnd[at] = to;
  }

  result(): NormalizedText {
    return {
      bytes: this.bytes.subarray(0, this.end),
      sourceStart: this.#sourceStart.subarray(0, this.end),
      sourceEnd: this.#sourceEnd.subarray(0, this.end),
      folded: this.#folded,
    };
  }

  #map(at: number, from: number, to: number): void {
    for (let index = at; index < this.end; index++) {
      this.#sourceStart[index] = from;
      this.#sourceEnd[index] = to;
    }
    this.#lastCharacter = at;
  }
}

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
