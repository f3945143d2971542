// What a character is to the characters beside it: the bits on which folding in
// context depends. A bit set of 0 is "other": nothing a rule reads.

export const OTHER = 0;
export const DIGIT = 1;
export const LETTER = 2;
/** `@` and `_`. */
export const TOKEN_SIGN = 4;
export const SPACE = 8;
/** `:` and `=`. */
export const ASSIGN = 16;
/** A straight quotation mark. */
export const QUOTE = 32;
/** What may stand once between the digits of a number: blank, `-`, `.`, `/`, brackets, `+`. */
export const SEPARATOR = 64;
/** Any other printable ASCII character. */
export const PLAIN = 128;
/** Not a neighbour at all: looked through. */
export const INVISIBLE = 256;

export const TOKEN = DIGIT | LETTER | TOKEN_SIGN;

/** By ASCII code. Controls are "other": no value spans a line. */
export const NEIGHBOUR_OF_ASCII: Uint16Array = Uint16Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[A-Za-z]/.test(character)) return LETTER;
  if (/[@_]/.test(character)) return TOKEN_SIGN;
  if (/[ \t]/.test(character)) return SPACE | SEPARATOR;
  if (/[:=]/.test(character)) return ASSIGN;
  if (/["']/.test(character)) return QUOTE;
  if (/[-./()+]/.test(character)) return SEPARATOR;
  return /[!-~]/.test(character) ? PLAIN : OTHER;
});
