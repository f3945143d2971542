import { codeEscapeAt, isScalar } from "./code-escape.ts";
import { NAMED_ENTITIES } from "./entities.ts";
import { isHexadecimal, nibble } from "./hexadecimal.ts";
import type { SpelledCharacter } from "./nested-escape.ts";

/**
 * The character that an escape at `at` spells in literal text, null when none begins there:
 * a backslash escape, a percent-escape (RFC 3986 §2.1), a character reference of HTML or
 * XML, or one of quoted-printable text (RFC 2045 §6.7).
 */
export function spelledCharacterAt(bytes: Uint8Array, at: number, end: number): SpelledCharacter | null {
  switch (bytes[at]) {
    case BACKSLASH:
      return codeEscapeAt({ bytes, start: 0, end, escaped: false }, at);
    case PERCENT:
      return escapedUtf8(bytes, at, end);
    case AMPERSAND:
      return bytes[at + 1] === NUMBER_SIGN ? numericReference(bytes, at, end) : namedReference(bytes, at, end);
    case EQUALS:
      return isQuotedPrintable(bytes, at, end) ? escapedUtf8(bytes, at, end) : null;
    default:
      return null;
  }
}

/** One character of UTF-8 of which each byte is a sign and two hexadecimal digits. */
function escapedUtf8(bytes: Uint8Array, at: number, end: number): SpelledCharacter | null {
  const sign = bytes[at]!;
  const lead = escapedByte(bytes, at, end, sign);
  if (lead < 0) return null;
  if (lead < 0x80) return { code: lead, end: at + 3 };
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (length === 0) return null;
  let code = lead & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const next = escapedByte(bytes, at + 3 * index, end, sign);
    if (next < 0x80 || next > 0xbf) return null;
    code = (code << 6) | (next & 0x3f);
  }
  // The shortest form only (RFC 3629 §3).
  const isShortest = code >= (length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000);
  return isShortest && isScalar(code) ? { code, end: at + 3 * length } : null;
}

function escapedByte(bytes: Uint8Array, at: number, end: number, sign: number): number {
  if (at + 3 > end || bytes[at] !== sign || !isHexadecimal(bytes[at + 1]!) || !isHexadecimal(bytes[at + 2]!)) return -1;
  return (nibble(bytes[at + 1]!) << 4) | nibble(bytes[at + 2]!);
}

/** The semicolon may be missing, as browsers forgive that. */
function numericReference(bytes: Uint8Array, at: number, end: number): SpelledCharacter | null {
  const isHex = (bytes[at + 2]! | LOWER_CASE_BIT) === LOWER_X && at + 2 < end;
  const first = isHex ? at + 3 : at + 2;
  const base = isHex ? 16 : 10;
  let code = 0;
  let past = first;
  for (; past < end && past - first < REFERENCE_DIGITS_MAX; past++) {
    const byte = bytes[past]!;
    if (isHex ? !isHexadecimal(byte) : byte < DIGIT_ZERO || byte > DIGIT_NINE) break;
    code = code * base + nibble(byte);
  }
  if (past === first || !isScalar(code) || code === 0) return null;
  return { code, end: past < end && bytes[past] === SEMICOLON ? past + 1 : past };
}

function namedReference(bytes: Uint8Array, at: number, end: number): SpelledCharacter | null {
  let name = "";
  for (let next = at + 1; next < end && name.length <= NAME_LENGTH_MAX; next++) {
    const byte = bytes[next]!;
    if (byte === SEMICOLON) {
      const character = ENTITIES.get(name);
      return character === undefined ? null : { code: character.codePointAt(0)!, end: next + 1 };
    }
    name += String.fromCharCode(byte);
  }
  return null;
}

/**
 * `=40` may be an assignment as well. It counts when it spells a sign of an address
 * between letters, or stands in a row.
 */
function isQuotedPrintable(bytes: Uint8Array, at: number, end: number): boolean {
  const value = escapedByte(bytes, at, end, EQUALS);
  if (value < 0x20 || value === 0x7f) return false;
  if (escapedByte(bytes, at + 3, end, EQUALS) >= 0 || escapedByte(bytes, at - 3, at, EQUALS) >= 0) return true;
  return ADDRESS_SIGNS.has(value) && isLetter(bytes[at - 1]) && at + 3 < end && isLetter(bytes[at + 3]);
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | LOWER_CASE_BIT) >= 0x61 && (byte | LOWER_CASE_BIT) <= 0x7a;
}

const ENTITIES = new Map(Object.entries(NAMED_ENTITIES));
const NAME_LENGTH_MAX = Math.max(...Object.keys(NAMED_ENTITIES).map(({ length }) => length));
/** Leading zeros included. */
const REFERENCE_DIGITS_MAX = 10;

/** `@`, `.`, `-` and `_`. */
const ADDRESS_SIGNS: ReadonlySet<number> = new Set([0x40, 0x2e, 0x2d, 0x5f]);

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const NUMBER_SIGN = 0x23;
const BACKSLASH = 0x5c;
const EQUALS = 0x3d;
const SEMICOLON = 0x3b;
const LOWER_X = 0x78;
const LOWER_CASE_BIT = 0x20;
const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;
