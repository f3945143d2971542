import type { Characters } from "./characters.ts";
import { hexadecimal, sequenceLength } from "./characters.ts";
import { entryAt, entryOfCodePoint } from "./fold-table.ts";

/** The text that rules read instead of a leaf, and the way back to its bytes. */
export interface NormalizedText {
  /** Well-formed UTF-8. */
  readonly bytes: Uint8Array;
  /** For each byte: where the character it came from starts in the source. */
  readonly sourceStart: Int32Array;
  /** For each byte: where that character ends. What folds to nothing belongs to the character before it. */
  readonly sourceEnd: Int32Array;
  /** False when nothing was disguised: the text is what `decodeLeaf` gives. */
  readonly folded: boolean;
}

/** Stands for what shows nothing: an invisible character that takes one byte. */
export const UNSEEN = 0x01;

/** A text that was made of `inner`, with the way back to the source of that. The maps of the text are overwritten. */
export function over(text: NormalizedText, inner: NormalizedText): NormalizedText {
  const { sourceStart, sourceEnd } = text;
  const { sourceStart: innerStart, sourceEnd: innerEnd } = inner;
  for (let at = 0; at < sourceStart.length; at++) {
    sourceStart[at] = innerStart[sourceStart[at]!]!;
    sourceEnd[at] = innerEnd[sourceEnd[at]! - 1]!;
  }
  joinShared(sourceStart, sourceEnd);
  return { bytes: text.bytes, sourceStart, sourceEnd, folded: text.folded || inner.folded };
}

/** Characters that are made of pieces of one character of the source can only be replaced together: they are one. */
function joinShared(starts: Int32Array, ends: Int32Array): void {
  for (let at = 1; at < starts.length; at++) {
    const end = ends[at - 1]!;
    if (starts[at]! >= end || (starts[at] === starts[at - 1] && ends[at] === end)) continue;
    starts[at] = starts[at - 1]!;
    const past = Math.max(end, ends[at]!);
    for (let of = at; of >= 0 && starts[of] === starts[at]; of--) ends[of] = past;
  }
}

/**
 * The folded text as it grows. It needs no more room than the source: U+FFFD stands
 * for six bytes of escape, and the fold table holds no text longer than the UTF-8
 * of its code point.
 */
export class WrittenText implements Characters {
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
        if (STOPS[byte] !== 0) break;
        bytes[to] = byte;
        starts[to] = at;
        ends[to] = at + 1;
        to++;
      }
      if (to > asciiFrom) last = to - 1;
      if (at >= sourceEnd) break;
      const start = at;
      const lead = sourceBytes[at]!;
      if (lead < 0x80) {
        if (lead !== BACKSLASH) break;
        if (!source.escaped) {
          bytes[to] = lead;
          starts[to] = at;
          ends[to] = ++at;
          last = to++;
          continue;
        }
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

  /** Copies a stretch of well-formed UTF-8 as it is. */
  copy(source: Uint8Array, from: number, to: number): void {
    if (from === to) return;
    const starts = this.#sourceStart;
    const ends = this.#sourceEnd;
    this.bytes.set(source.subarray(from, to), this.end);
    const shift = this.end - from;
    let last = from;
    for (let at = from; at < to; ) {
      const lead = source[at]!;
      last = at;
      if (lead < 0x80) {
        starts[at + shift] = at;
        ends[at + shift] = ++at;
        continue;
      }
      const end = at + sequenceLength(lead);
      for (; at < end; at++) {
        starts[at + shift] = last;
        ends[at + shift] = end;
      }
    }
    this.#lastCharacter = last + shift;
    this.end = to + shift;
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

  /** Writes what was spelled otherwise. */
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

/** Bytes that are not copied one by one: beyond ASCII, backslashes, and the controls that fold. */
const STOPS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x7f || byte === BACKSLASH || (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) ? 1 : 0,
);
