/** A stretch of bytes as the text it spells, with the way back. */
export interface DecodedText {
  readonly text: string;
  /** The index in `text` of the character that begins at the byte, or that the byte is a part of. */
  indexAt(byte: number): number;
  /** The first byte of the character at the index. */
  startOf(index: number): number;
  /** Past the last byte of the character before the index. */
  endOf(index: number): number;
}

/** Bytes that spell themselves: ASCII without escapes. */
export function plainText(bytes: Uint8Array, start: number, end: number): DecodedText {
  return {
    text: utf8.decode(bytes.subarray(start, end)),
    indexAt: (byte) => byte - start,
    startOf: (index) => index + start,
    endOf: (index) => index + start,
  };
}

/**
 * UTF-8 in which, when `escaped`, a backslash and a letter stand for one character,
 * as in JSON. A \u escape has no place here: text that holds one is normalized first.
 */
export function decodedText(bytes: Uint8Array, start: number, end: number, escaped: boolean): DecodedText {
  const spelled = new Uint8Array(end - start);
  const origins = new Int32Array(end - start + 1);
  let length = 0;
  let units = 0;
  for (let at = start; at < end; ) {
    const byte = bytes[at]!;
    origins[units++] = at;
    if (byte === BACKSLASH && escaped) {
      spelled[length++] = SPELLED_BY_LETTER[bytes[at + 1]!]!;
      at += 2;
    } else if (byte < 0x80) {
      spelled[length++] = byte;
      at++;
    } else {
      const width = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      // Beyond U+FFFF a character is two units, which share their origin.
      if (width === 4) origins[units++] = at;
      for (let i = 0; i < width; i++) spelled[length++] = bytes[at++]!;
    }
  }
  origins[units] = end;
  return {
    text: utf8.decode(spelled.subarray(0, length)),
    indexAt: (byte) => lastNotAfter(origins, units, byte),
    startOf: (index) => origins[index]!,
    endOf: (index) => (index > 0 && origins[index] === origins[index - 1] ? origins[index + 1]! : origins[index]!),
  };
}

// Without ignoreBOM a U+FEFF at the start would vanish and shift every index.
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

const BACKSLASH = 0x5c;
/** What an escape spells, by the byte behind its backslash. */
export const SPELLED_BY_LETTER: Uint8Array = spelledByLetter();

function spelledByLetter(): Uint8Array {
  const spelled = Uint8Array.from({ length: 256 }, (_, letter) => letter);
  for (const [letter, character] of Object.entries({ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" })) {
    spelled[letter.charCodeAt(0)] = character.charCodeAt(0);
  }
  return spelled;
}

function lastNotAfter(origins: Int32Array, count: number, byte: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (origins[middle]! <= byte) low = middle;
    else high = middle - 1;
  }
  // Of the two units of a surrogate pair, the first.
  return low > 0 && origins[low] === origins[low - 1] ? low - 1 : low;
}
