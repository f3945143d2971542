import { BACKSLASH } from "./json-bytes.ts";
import { HAS_ESCAPE, HAS_UNICODE_ESCAPE, type JsonDocument } from "./json-document.ts";
import { leafText, SIMPLE_ESCAPES } from "./leaf.ts";

/** True when the leaf is nothing but base64 or base64url, of at least `lengthMin` characters with its padding. */
export function isBase64Leaf(document: JsonDocument, leaf: number, lengthMin: number): boolean {
  const text = leafBytes(document, leaf);
  return text.length >= lengthMin && isBase64(text);
}

/** True when the bytes are nothing but digits of base64 or base64url, and then at most two signs of padding. */
export function isBase64(bytes: Uint8Array): boolean {
  let end = bytes.length;
  for (let padding = 0; padding < 2 && bytes[end - 1] === EQUALS; padding++) end--;
  for (let at = 0; at < end; at++) if (SIXTH[bytes[at]!] === NO_DIGIT) return false;
  return end > 0;
}

/** The first bytes that base64 or base64url stands for, at most `bytesMax` of them; the digits are known to be some. */
export function decodeBase64(digits: Uint8Array, bytesMax = Number.POSITIVE_INFINITY): Uint8Array {
  let count = digits.length;
  while (count > 0 && digits[count - 1] === EQUALS) count--;
  const decoded = new Uint8Array(Math.min(bytesMax, Math.floor((count * 3) / 4)));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let at = 0; length < decoded.length; at++) {
    bits = ((bits << 6) | SIXTH[digits[at]!]!) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    decoded[length++] = (bits >> held) & 0xff;
  }
  return decoded;
}

/** What a leaf spells, in UTF-8; the bytes of the document themselves where nothing is escaped. */
export function leafBytes(document: JsonDocument, leaf: number): Uint8Array {
  const { bytes, leaves, format } = document;
  const flags = leaves.flags[leaf]!;
  const start = leaves.start[leaf]!;
  const end = leaves.end[leaf]!;
  if (format !== "json" || (flags & HAS_ESCAPE) === 0) return bytes.subarray(start, end);
  return (flags & HAS_UNICODE_ESCAPE) === 0 ? unescaped(bytes, start, end) : utf8.encode(leafText(document, leaf));
}

/** Each escape is two bytes, of which the second says what one byte it is. */
function unescaped(bytes: Uint8Array, start: number, end: number): Uint8Array {
  let escapes = 0;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    escapes++;
    at++;
  }
  const text = new Uint8Array(end - start - escapes);
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    text[length++] = byte === BACKSLASH ? ESCAPED[bytes[++at]!]! : byte;
  }
  return text;
}

const utf8 = new TextEncoder();
const EQUALS = 0x3d;
const NO_DIGIT = 0xff;

// RFC 4648, sections 4 and 5: the two alphabets differ in the last two digits, and no text uses both.
const SIXTH = new Uint8Array(256).fill(NO_DIGIT);
utf8.encode("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").forEach((digit, value) => {
  SIXTH[digit] = value;
});
SIXTH["-".charCodeAt(0)] = 62;
SIXTH["_".charCodeAt(0)] = 63;

const ESCAPED = new Uint8Array(256);
for (const [letter, character] of Object.entries(SIMPLE_ESCAPES)) {
  ESCAPED[letter.charCodeAt(0)] = character.charCodeAt(0);
}
