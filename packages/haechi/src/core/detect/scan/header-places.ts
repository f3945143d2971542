import { BACKSLASH, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "../../document/json-bytes.ts";
import { SPELLED_BY_LETTER } from "../decoded/decoded-text.ts";
import { DELIMITERS, HEADER_LENGTH_MAX } from "./table-headers.ts";

/**
 * Says of places in a stretch of bytes that no header of a table stands there, so that the
 * text need not be read for tables. It reads a line and the next one, whatever else there is.
 */
export class HeaderPlaces {
  #bytes: Uint8Array = NO_BYTES;
  #start = 0;
  #end = 0;
  #escaped = false;
  /** The line that was read last, and the bytes of the delimiters that it has as many of as the next line. */
  #lineStart = 0;
  #lineEnd = 0;
  #delimiters: readonly number[] = NO_DELIMITERS;
  readonly #counts = new Int32Array(DELIMITERS.length);

  /** A stretch of UTF-8; in an `escaped` one, a backslash and a letter stand for one character. */
  open(bytes: Uint8Array, start: number, end: number, escaped: boolean): void {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#escaped = escaped;
    this.#lineStart = start;
    this.#lineEnd = start;
  }

  /** False when the byte cannot stand in the header of a column. Cheapest for places that rise. */
  mayHead(byte: number): boolean {
    if (byte < this.#lineStart || byte >= this.#lineEnd) this.#readLineOf(byte);
    return this.#delimiters.some((delimiter) => this.#isShort(byte, delimiter));
  }

  #readLineOf(byte: number): void {
    this.#lineStart = this.#lineStartBefore(byte);
    const first = this.#bytes[this.#lineStart];
    if (first === OPEN_BRACE || first === OPEN_BRACKET) {
      this.#lineEnd = this.#lineEndFrom(byte);
      this.#delimiters = NO_DELIMITERS;
      return;
    }
    this.#lineEnd = this.#countLine(this.#lineStart);
    const counts = [...this.#counts];
    this.#countLine(this.#lineEnd);
    this.#delimiters = DELIMITERS.flatMap((delimiter, at) =>
      counts[at]! > 0 && counts[at] === this.#counts[at] ? [delimiter.charCodeAt(0)] : [],
    );
  }

  #lineStartBefore(byte: number): number {
    let at = byte;
    while (at > this.#start && !this.#isNewlineBefore(at)) at--;
    return at;
  }

  #isNewlineBefore(at: number): boolean {
    const bytes = this.#bytes;
    if (bytes[at - 1] === NEWLINE) return true;
    if (!this.#escaped || bytes[at - 1] !== SMALL_N) return false;
    let backslashes = 0;
    while (at - 2 - backslashes >= this.#start && bytes[at - 2 - backslashes] === BACKSLASH) backslashes++;
    // Behind an even number of them stands an n.
    return backslashes % 2 === 1;
  }

  #lineEndFrom(byte: number): number {
    let at = byte + 1;
    while (at < this.#end && !this.#isNewlineBefore(at)) at++;
    return at;
  }

  /** Counts the delimiters of the line that begins there, but for those within quotes, and says where it ends. */
  #countLine(start: number): number {
    const counts = this.#counts.fill(0);
    const bytes = this.#bytes;
    let isQuoted = false;
    for (let at = start; at < this.#end; at++) {
      let code = bytes[at]!;
      if (code === BACKSLASH && this.#escaped) code = SPELLED_BY_LETTER[bytes[++at]!]!;
      const kind = KIND_OF[code]!;
      if (kind === PLAIN) continue;
      if (code === NEWLINE) return at + 1;
      if (code === QUOTE) isQuoted = !isQuoted;
      else if (!isQuoted) counts[kind]!++;
    }
    return this.#end;
  }

  /** True when what stands between the delimiters around the byte is no longer than a header. */
  #isShort(byte: number, delimiter: number): boolean {
    const bytes = this.#bytes;
    let length = 0;
    for (const step of [-1, 1]) {
      let at = step === 1 ? byte : byte - 1;
      for (; at >= this.#lineStart && at < this.#lineEnd; at += step) {
        const isEscape = this.#escaped && bytes[at - 1] === BACKSLASH;
        const code = isEscape ? SPELLED_BY_LETTER[bytes[at]!]! : bytes[at]!;
        if (code === delimiter) break;
        // Quotes and the blanks around a header are no part of it, other bytes no characters by themselves.
        const counts = code > SPACE && code !== QUOTE && code !== BACKSLASH && (code & 0xc0) !== 0x80;
        if (counts && ++length > HEADER_LENGTH_MAX) return false;
      }
    }
    return true;
  }
}

const NO_BYTES = new Uint8Array(0);
const NO_DELIMITERS: readonly number[] = [];

const NEWLINE = 0x0a;
const SPACE = 0x20;
const SMALL_N = 0x6e;

// What a byte is: the index of a delimiter, nothing of interest, or the end of a line or a quote.
const PLAIN = -1;
const KIND_OF = Int8Array.from({ length: 256 }, (_, byte) => {
  if (byte === NEWLINE || byte === QUOTE) return DELIMITERS.length;
  return DELIMITERS.findIndex((delimiter) => delimiter.charCodeAt(0) === byte);
});
