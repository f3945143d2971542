import { type Characters, characterEnd, codePointAt, hexadecimal } from "./characters.ts";

/** What an escape sequence of a JSON text spells, where that text is itself the content of a string. */
export interface NestedEscape {
  readonly code: number;
  /** Offset past its last character. */
  readonly end: number;
}

/**
 * The escape sequence (RFC 8259 §7) that the characters at `at` spell, null when they
 * spell none. Tool arguments, logged bodies and pasted documents are JSON in a string:
 * the letter of an escape would otherwise stand against the value behind it and hide
 * where that begins. Half of a surrogate pair is left alone.
 * @param at where a backslash stands
 */
export function nestedEscapeAt(text: Characters, at: number): NestedEscape | null {
  const letterAt = characterEnd(text, at);
  if (letterAt >= text.end) return null;
  const letter = codePointAt(text, letterAt);
  if (letter === LETTER_U) return unicodeEscape(text, letterAt);
  const code = SPELLED[letter];
  return code === undefined ? null : { code, end: characterEnd(text, letterAt) };
}

function unicodeEscape({ bytes, end }: Characters, letterAt: number): NestedEscape | null {
  const past = letterAt + 5;
  if (past > end) return null;
  for (let at = letterAt + 1; at < past; at++) if (!isHexadecimal(bytes[at]!)) return null;
  const code = hexadecimal(bytes, letterAt + 1);
  return code >= 0xd800 && code <= 0xdfff ? null : { code, end: past };
}

function isHexadecimal(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

const LETTER_U = 0x75;

/** By the code of the letter. */
const SPELLED: Readonly<Record<number, number>> = {
  34: 0x22,
  47: 0x2f,
  92: 0x5c,
  98: 0x08,
  102: 0x0c,
  110: 0x0a,
  114: 0x0d,
  116: 0x09,
};
