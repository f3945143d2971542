import { decodeBase32, decodeBase64, decodeHexadecimal } from "../../normalize/decode.ts";

/** A part of a text that spells another one. */
export interface DecodedStretch {
  /** UTF-16 offset of the first character that spells it. */
  readonly start: number;
  /** Past the last one. */
  readonly end: number;
  readonly text: string;
}

/**
 * What stands in a text as base64, base64url, base32 or hexadecimal digits, alone or among
 * other words, in 16 to 8,192 characters. Lines of it are one stretch.
 */
export function decodedStretches(text: string): DecodedStretch[] {
  const stretches: DecodedStretch[] = [];
  for (const { pattern, decode } of ENCODINGS) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const [encoded] = match;
      const start = match.index;
      const whole = encoded.length <= LENGTH_MAX ? decode(encoded) : null;
      if (whole !== null) stretches.push({ start, end: start + encoded.length, text: whole });
      else stretches.push(...partsOf(encoded, start, decode));
    }
  }
  return stretches;
}

const LENGTH_MIN = 16;
const LENGTH_MAX = 8192;

type Decode = (encoded: string) => string | null;

interface Encoding {
  readonly pattern: RegExp;
  readonly decode: Decode;
}

const ENCODINGS: readonly Encoding[] = [
  {
    pattern:
      /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-](?:[A-Za-z0-9+/_-]|(?<=[A-Za-z0-9+/]{4})\r?\n(?=[A-Za-z0-9+/]{4})){15,16384}={0,6}/g,
    decode: (encoded) => {
      const joined = encoded.replace(/[\r\n]+/g, "");
      return decodeBase64(joined) ?? decodeBase32(joined);
    },
  },
  {
    // Pairs of digits set apart, each perhaps with a prefix: a dump, an array of bytes.
    pattern:
      /(?<![A-Za-z0-9])(?:0x|\\x)?[0-9A-Fa-f]{2}(?:[ :,-]{1,2}(?:0x|\\x)?[0-9A-Fa-f]{2}(?![A-Za-z0-9])){7,4096}/g,
    decode: (encoded) => decodeHexadecimal(encoded.replace(/0x|\\x|[ :,-]/g, "")),
  },
  {
    pattern: /(?<![A-Za-z0-9])(?:0x)?[0-9A-Fa-f]{16,8192}(?![A-Za-z0-9])/g,
    decode: (encoded) => decodeHexadecimal(encoded.replace(/^0x/, "")),
  },
];

/** In an address, a query or lines of words, signs of the alphabet set apart and do not belong. */
function partsOf(encoded: string, base: number, decode: Decode): DecodedStretch[] {
  const parts: DecodedStretch[] = [];
  for (const { 0: part, index } of encoded.matchAll(/[A-Za-z0-9]+={0,6}/g)) {
    if (part.length < LENGTH_MIN || part.length > LENGTH_MAX || part.length === encoded.length) continue;
    const text = decode(part);
    if (text !== null) parts.push({ start: base + index, end: base + index + part.length, text });
  }
  return parts;
}
