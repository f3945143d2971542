import { type Characters, characterEnd, codePointAt } from "./characters.ts";
import { isHexadecimal, nibble } from "./hexadecimal.ts";
import { nestedEscapeAt, type SpelledCharacter } from "./nested-escape.ts";

/**
 * The escape sequence that the characters at `at` spell: one of JSON (`nestedEscapeAt`, here with
 * surrogate pairs) or one of programming languages (`\x41`, `\101`, `\u{41}`, `\U00000041`);
 * null when they spell none.
 * @param at where a backslash stands
 */
export function codeEscapeAt(text: Characters, at: number): SpelledCharacter | null {
  const letterAt = characterEnd(text, at);
  if (letterAt >= text.end) return null;
  const letter = codePointAt(text, letterAt);
  switch (letter) {
    case LOWER_U:
      return text.bytes[letterAt + 1] === OPEN_BRACE ? braced(text, letterAt + 2) : unit(text, letterAt);
    case LOWER_X:
      return readable(fixed(text, letterAt + 1, 2));
    case UPPER_U:
      return readable(fixed(text, letterAt + 1, 8));
    case DIGIT_ZERO:
    case DIGIT_ONE:
      return readable(octal(text, letterAt));
    default:
      return nestedEscapeAt(text, at);
  }
}

function unit(text: Characters, letterAt: number): SpelledCharacter | null {
  const first = fixed(text, letterAt + 1, 4);
  if (first === null || first.code < 0xd800 || first.code > 0xdfff) return first;
  if (first.code > 0xdbff || first.end >= text.end || codePointAt(text, first.end) !== BACKSLASH) return null;
  const secondLetterAt = characterEnd(text, first.end);
  if (secondLetterAt >= text.end || codePointAt(text, secondLetterAt) !== LOWER_U) return null;
  const second = fixed(text, secondLetterAt + 1, 4);
  if (second === null || second.code < 0xdc00 || second.code > 0xdfff) return null;
  return { code: 0x10000 + ((first.code - 0xd800) << 10) + (second.code - 0xdc00), end: second.end };
}

/** `\u{…}` of one to six digits. */
function braced({ bytes, end }: Characters, from: number): SpelledCharacter | null {
  let code = 0;
  let at = from;
  while (at < end && at - from < 6 && isHexadecimal(bytes[at]!)) code = code * 16 + nibble(bytes[at++]!);
  if (at === from || at >= end || bytes[at] !== CLOSE_BRACE || !isScalar(code)) return null;
  return { code, end: at + 1 };
}

function fixed({ bytes, end }: Characters, from: number, digits: number): SpelledCharacter | null {
  if (from + digits > end) return null;
  let code = 0;
  for (let at = from; at < from + digits; at++) {
    if (!isHexadecimal(bytes[at]!)) return null;
    code = code * 16 + nibble(bytes[at]!);
  }
  return { code, end: from + digits };
}

function octal({ bytes, end }: Characters, from: number): SpelledCharacter | null {
  if (from + 3 > end) return null;
  let code = 0;
  for (let at = from; at < from + 3; at++) {
    const digit = bytes[at]! - DIGIT_ZERO;
    if (digit < 0 || digit > 7) return null;
    code = code * 8 + digit;
  }
  return { code, end: from + 3 };
}

/** Escapes that are not of JSON are too short to be believed when they spell no character that one reads. */
function readable(spelled: SpelledCharacter | null): SpelledCharacter | null {
  if (spelled === null) return null;
  const { code } = spelled;
  return (code < 0x20 && code !== 0x09 && code !== 0x0a) || code === 0x7f || !isScalar(code) ? null : spelled;
}

/** A code point that is no surrogate. */
export function isScalar(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

const LOWER_U = 0x75;
const UPPER_U = 0x55;
const LOWER_X = 0x78;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const DIGIT_ZERO = 0x30;
const DIGIT_ONE = 0x31;
