import { type Characters, characterEnd, codePointAt, hexadecimal } from "./characters.ts";
import { isHexadecimal } from "./hexadecimal.ts";

/** A character that is written out with several. */
export interface SpelledCharacter {
  readonly code: number;
  /** Offset past the last character that spells it. */
  readonly end: number;
}

/**
 * The escape sequence (RFC 8259 §7) that the characters at `at` spell, null when they
 * spell none. Tool arguments, logged bodies and pasted documents are JSON in a string:
 * the letter of an escape would otherwise stand against the value behind it and hide
 * where that begins. Half of a surrogate pair is left alone.
 * @param at where a backslash stands
 */
export function nestedEscapeAt(text: Characters, at: number): SpelledCharacter | null {
  const letterAt = characterEnd(text, at);
  if (letterAt >= text.end) return null;
  const letter = codePointAt(text, letterAt);
  if (letter === LETTER_U) return unicodeEscape(text, letterAt);
  const code = SPELLED[letter];
  return code === undefined ? null : { code, end: characterEnd(text, letterAt) };
}

function unicodeEscape({ bytes, end }: Characters, letterAt: number): SpelledCharacter | null {
  const past = letterAt + 5;
  if (past > end) return null;
  for (let at = letterAt + 1; at < past; at++) if (!isHexadecimal(bytes[at]!)) return null;
  const code = hexadecimal(bytes, letterAt + 1);
  return code >= 0xd800 && code <= 0xdfff ? null : { code, end: past };
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
