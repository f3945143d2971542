/**
 * What a whole leaf spells when it is canonical base64 or base64url of UTF-8 text,
 * or when it has percent escapes and all of them decode; null otherwise. One layer
 * only, and only for leaves of 16 to 8,192 characters.
 */
export function decodeWholeLeaf(text: string): string | null {
  if (text.length < LENGTH_MIN || text.length > LENGTH_MAX) return null;
  return decodeBase64(text) ?? decodePercent(text);
}

const LENGTH_MIN = 16;
const LENGTH_MAX = 8192;

/** RFC 4648 §4 or §5, never both alphabets in one text; §3.5: the bits left over are zero. */
function decodeBase64(text: string): string | null {
  const [, digits, padding] = BASE64.exec(text) ?? [];
  if (digits === undefined || padding === undefined) return null;
  const rest = digits.length % 4;
  if (rest === 1 || (padding.length > 0 && rest + padding.length !== 4)) return null;
  // The plain alphabet is always padded to whole groups.
  if (padding.length === 0 && rest !== 0 && /[+/]/.test(digits)) return null;

  const bytes = new Uint8Array(Math.floor((digits.length * 6) / 8));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let at = 0; at < digits.length; at++) {
    held = ((held << 6) | VALUE_OF[digits.charCodeAt(at)]!) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = held >> bits;
  }
  if ((held & ((1 << bits) - 1)) !== 0) return null;
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return null;
  }
}

const BASE64 = /^([A-Za-z0-9+/]+|[A-Za-z0-9_-]+)(={0,2})$/;
const STRICT_UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const VALUE_OF = new Uint8Array(128);
for (const alphabetEnd of ["+/", "-_"]) {
  const alphabet = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${alphabetEnd}`;
  for (let value = 0; value < 64; value++) VALUE_OF[alphabet.charCodeAt(value)] = value;
}

function decodePercent(text: string): string | null {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
