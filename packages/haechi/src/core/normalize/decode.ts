/** The text that base64 or base64url spells (RFC 4648 §4, §5), padded or not; null when it spells none. */
export function decodeBase64(text: string): string | null {
  const [, digits, padding] = BASE64.exec(text) ?? [];
  if (digits === undefined || padding === undefined) return null;
  const rest = digits.length % 4;
  if (rest === 1 || (padding.length > 0 && rest + padding.length !== 4)) return null;
  return readableText(bytesOf(digits, BASE64_VALUES, 6));
}

/** The text that base32 spells (RFC 4648 §6), padded or not; null when it spells none. */
export function decodeBase32(text: string): string | null {
  const [, digits, padding] = BASE32.exec(text) ?? [];
  if (digits === undefined || padding === undefined) return null;
  if (![0, 2, 4, 5, 7].includes(digits.length % 8)) return null;
  if (padding.length > 0 && (digits.length + padding.length) % 8 !== 0) return null;
  return readableText(bytesOf(digits, BASE32_VALUES, 5));
}

/** The text of which pairs of hexadecimal digits are the bytes; null when they are none. */
export function decodeHexadecimal(digits: string): string | null {
  if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]+$/.test(digits)) return null;
  return readableText(bytesOf(digits, HEXADECIMAL_VALUES, 4));
}

// Never both alphabets in one text.
const BASE64 = /^([A-Za-z0-9+/]+|[A-Za-z0-9_-]+)(={0,2})$/;
const BASE32 = /^([A-Z2-7]+)(={0,6})$/;

/** Null when bits are left over that are not zero (RFC 4648 §3.5). */
function bytesOf(digits: string, values: Uint8Array, bitsEach: number): Uint8Array | null {
  const bytes = new Uint8Array((digits.length * bitsEach) >> 3);
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let at = 0; at < digits.length; at++) {
    held = ((held << bitsEach) | values[digits.charCodeAt(at)]!) & 0xffff;
    bits += bitsEach;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = held >> bits;
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}

/** Null when the bytes are no UTF-8 or hold controls: random bytes are seldom text. */
function readableText(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null;
  try {
    const text = STRICT_UTF8.decode(bytes);
    return CONTROL.test(text) ? null : text;
  } catch {
    return null;
  }
}

const STRICT_UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

const UPPER_CASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BASE64_VALUES = valuesIn(`${UPPER_CASE}${UPPER_CASE.toLowerCase()}0123456789+/`, "-_", 62);
const BASE32_VALUES = valuesIn(`${UPPER_CASE}234567`, "", 0);
const HEXADECIMAL_VALUES = valuesIn("0123456789abcdef", "ABCDEF", 10);

/** By code of the digit, of the alphabet and of its other forms, which count from a value on. */
function valuesIn(alphabet: string, others: string, othersFrom: number): Uint8Array {
  const values = new Uint8Array(128);
  for (const [value, digit] of [...alphabet].entries()) values[digit.charCodeAt(0)] = value;
  for (const [more, digit] of [...others].entries()) values[digit.charCodeAt(0)] = othersFrom + more;
  return values;
}
