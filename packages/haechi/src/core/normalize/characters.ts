import { entryAt, entryOfCodePoint, FOLD_ENTRIES, INVISIBLE_ENTRY } from "./fold-table.ts";
import { INVISIBLE, NEIGHBOUR_OF_ASCII, OTHER, TOKEN } from "./neighbour.ts";

/**
 * Well-formed UTF-8 read character by character. A character stands at the offset
 * of its first byte; offsets before `start` and from `end` on hold nothing.
 */
export interface Characters {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** The bytes are JSON string content: an escape sequence or a pair of surrogate escapes is one character. */
  readonly escaped: boolean;
}

/** Offset past the character at `at`. */
export function characterEnd({ bytes, start, end, escaped }: Characters, at: number): number {
  if (at < start) return start;
  if (at >= end) return end;
  const byte = bytes[at]!;
  if (byte < 0x80) return escaped && byte === BACKSLASH ? escapeEnd(bytes, at, end) : at + 1;
  return at + sequenceLength(byte);
}

/** Offset of the character that ends at `to`. Escaped text must hold no `\u` escape. */
export function characterBefore({ bytes, start, escaped }: Characters, to: number): number {
  let at = to - 1;
  if (at < start) return start - 1;
  if (bytes[at]! < 0x80) return escaped && isEscapeLetter(bytes, start, at) ? at - 1 : at;
  while ((bytes[at]! & 0xc0) === 0x80) at--;
  return at;
}

/** The code point of the character at `at`. A lone surrogate escape reads as U+FFFD. */
export function codePointAt({ bytes, end, escaped }: Characters, at: number): number {
  const byte = bytes[at]!;
  if (byte < 0x80) return escaped && byte === BACKSLASH ? unescaped(bytes, at, end) : byte;
  const second = bytes[at + 1]! & 0x3f;
  if (byte < 0xe0) return ((byte & 0x1f) << 6) | second;
  const third = bytes[at + 2]! & 0x3f;
  if (byte < 0xf0) return ((byte & 0x0f) << 12) | (second << 6) | third;
  return ((byte & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[at + 3]! & 0x3f);
}

/** Number of the fold entry of the character at `at`; 0 when it never folds. */
export function foldEntryAt(text: Characters, at: number): number {
  const byte = text.bytes[at]!;
  if (byte >= 0x80) return entryAt(text.bytes, at);
  const code = byte === BACKSLASH && text.escaped ? codePointAt(text, at) : byte;
  if (code >= 0x80) return entryOfCodePoint(code);
  // In the midst of a value a control shows nothing, except those that move to a new line or column.
  return (code < 0x20 && (code < 0x09 || code > 0x0d)) || code === 0x7f ? INVISIBLE_ENTRY : 0;
}

/** What the character at `at` is to its neighbours; "other" outside the text. */
export function neighbourAt(text: Characters, at: number): number {
  if (at < text.start || at >= text.end) return OTHER;
  const number = foldEntryAt(text, at);
  if (number !== 0) return FOLD_ENTRIES[number]!.neighbour;
  const code = codePointAt(text, at);
  return code < 0x80 ? NEIGHBOUR_OF_ASCII[code]! : OTHER;
}

/** Offset of the last character before `to` that is not invisible. */
export function visibleBefore(text: Characters, to: number): number {
  let at = characterBefore(text, to);
  while (neighbourAt(text, at) === INVISIBLE) at = characterBefore(text, at);
  return at;
}

/** Offset of the first character from `from` on that is not invisible. */
export function visibleFrom(text: Characters, from: number): number {
  let at = from;
  while (neighbourAt(text, at) === INVISIBLE) at = characterEnd(text, at);
  return at;
}

/** What a character adds to the word it stands in. */
export type WordPart = typeof NOT_IN_WORD | typeof JOINS | typeof LATIN;
export const NOT_IN_WORD = 0;
/** A look-alike letter, something invisible, a sign within addresses and identifiers. */
export const JOINS = 1;
/** A letter, digit, `@` or `_`, plain or in a compatibility form. */
export const LATIN = 2;

export function wordPartAt(text: Characters, at: number): WordPart {
  if (at < text.start || at >= text.end) return NOT_IN_WORD;
  const number = foldEntryAt(text, at);
  if (number !== 0) {
    const { foldClass } = FOLD_ENTRIES[number]!;
    if (foldClass === "strong") return LATIN;
    return foldClass === "homoglyph" || foldClass === "invisible" || foldClass === "mark" ? JOINS : NOT_IN_WORD;
  }
  const code = codePointAt(text, at);
  if (code >= 0x80) return NOT_IN_WORD;
  if ((NEIGHBOUR_OF_ASCII[code]! & TOKEN) !== 0) return LATIN;
  return code === 0x25 || code === 0x2b || code === 0x2d || code === 0x2e ? JOINS : NOT_IN_WORD;
}

/** Length of the UTF-8 sequence that a byte of 0xc2 or above leads. */
export function sequenceLength(lead: number): number {
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** An odd number of backslashes stands before it. */
function isEscapeLetter(bytes: Uint8Array, start: number, at: number): boolean {
  let first = at;
  while (first > start && bytes[first - 1] === BACKSLASH) first--;
  return ((at - first) & 1) === 1;
}

function escapeEnd(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at + 1] !== LETTER_U) return at + 2;
  return isSurrogatePair(bytes, at, end) ? at + 12 : at + 6;
}

/** RFC 8259 §7. */
function unescaped(bytes: Uint8Array, at: number, end: number): number {
  const letter = bytes[at + 1]!;
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
    case LETTER_U: {
      const code = hexadecimal(bytes, at + 2);
      if (code < 0xd800 || code > 0xdfff) return code;
      if (!isSurrogatePair(bytes, at, end)) return 0xfffd;
      return 0x10000 + ((code - 0xd800) << 10) + (hexadecimal(bytes, at + 8) - 0xdc00);
    }
    default:
      return letter;
  }
}

function isSurrogatePair(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 12 > end || bytes[at + 6] !== BACKSLASH || bytes[at + 7] !== LETTER_U) return false;
  return hexadecimal(bytes, at + 2) >> 10 === 0xd800 >> 10 && hexadecimal(bytes, at + 8) >> 10 === 0xdc00 >> 10;
}

/** The value of four hexadecimal digits. */
export function hexadecimal(bytes: Uint8Array, at: number): number {
  return (
    (nibble(bytes[at]!) << 12) | (nibble(bytes[at + 1]!) << 8) | (nibble(bytes[at + 2]!) << 4) | nibble(bytes[at + 3]!)
  );
}

/** `0`–`9`, `A`–`F`, `a`–`f`: the low four bits, plus nine for letters. */
function nibble(byte: number): number {
  return (byte & 0x0f) + (byte >> 6) * 9;
}
