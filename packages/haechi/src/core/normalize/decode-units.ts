import { entryOf, INVISIBLE_ENTRY } from "./fold-table.ts";

/**
 * A leaf as a sequence of source units, each one character: a UTF-8 sequence or,
 * in JSON, an escape sequence or a pair of surrogate escapes. Units are
 * contiguous: a unit ends where the next one starts.
 */
export interface Units {
  readonly count: number;
  readonly codePoint: Int32Array;
  /** One more than `count`: the last is the end of the leaf. */
  readonly start: Int32Array;
  /** Number of the fold entry; 0 when the unit never folds. */
  readonly entry: Uint16Array;
  /** False when no unit can fold. */
  readonly mayFold: boolean;
}

/** Reads the units of well-formed bytes. A lone surrogate escape reads as U+FFFD, which never folds. */
export function decodeUnits(bytes: Uint8Array, from: number, to: number, escaped: boolean): Units {
  const codePoint = new Int32Array(to - from);
  const start = new Int32Array(to - from + 1);
  const entry = new Uint16Array(to - from);
  let count = 0;
  let mayFold = false;
  let at = from;
  while (at < to) {
    start[count] = at;
    const byte = bytes[at]!;
    let code = byte;
    if (byte < 0x80) {
      if (byte !== BACKSLASH || !escaped) {
        at++;
      } else if (bytes[at + 1] !== LETTER_U) {
        code = unescapeLetter(bytes[at + 1]!);
        at += 2;
      } else {
        code = hexadecimal(bytes, at + 2);
        at += 6;
        if (code >= 0xd800 && code <= 0xdfff) {
          const low = code < 0xdc00 && startsUnicodeEscape(bytes, at, to) ? hexadecimal(bytes, at + 2) : 0;
          const paired = low >= 0xdc00 && low <= 0xdfff;
          code = paired ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
          if (paired) at += 6;
        }
        // A control in the midst of a value shows nothing; those that end a line or a cell do.
        if (code < 0x20 ? code < 0x09 || code > 0x0d : code === 0x7f) {
          entry[count] = INVISIBLE_ENTRY;
          mayFold = true;
        }
      }
    } else if (byte < 0xe0) {
      code = ((byte & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
      at += 2;
    } else if (byte < 0xf0) {
      code = ((byte & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
      at += 3;
    } else {
      code =
        ((byte & 0x07) << 18) |
        ((bytes[at + 1]! & 0x3f) << 12) |
        ((bytes[at + 2]! & 0x3f) << 6) |
        (bytes[at + 3]! & 0x3f);
      at += 4;
    }
    codePoint[count] = code;
    if (code >= 0x80) {
      const number = entryOf(code);
      entry[count] = number;
      if (number !== 0) mayFold = true;
    }
    count++;
  }
  start[count] = to;
  return { count, codePoint, start, entry, mayFold };
}

/** The character that a two-byte JSON escape stands for (RFC 8259 §7). */
export function unescapeLetter(letter: number): number {
  switch (letter) {
    case 0x62:
      return 0x08;
    case 0x66:
      return 0x0c;
    case 0x6e:
      return 0x0a;
    case 0x72:
      return 0x0d;
    case 0x74:
      return 0x09;
    default:
      return letter;
  }
}

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

function startsUnicodeEscape(bytes: Uint8Array, at: number, to: number): boolean {
  return at + 6 <= to && bytes[at] === BACKSLASH && bytes[at + 1] === LETTER_U;
}

function hexadecimal(bytes: Uint8Array, at: number): number {
  return (
    (nibble(bytes[at]!) << 12) | (nibble(bytes[at + 1]!) << 8) | (nibble(bytes[at + 2]!) << 4) | nibble(bytes[at + 3]!)
  );
}

/** `0`–`9`, `A`–`F`, `a`–`f`: the low four bits, plus nine for letters. */
function nibble(byte: number): number {
  return (byte & 0x0f) + (byte >> 6) * 9;
}
