/** ASCII text that is spelled with invisible characters only. */
export interface HiddenText {
  /** For each character of it: its code. */
  readonly codes: readonly number[];
  /** Bytes of UTF-8 that spell each of them. */
  readonly bytesEach: readonly number[];
}

/**
 * What a run of invisible characters at `at` says, null when it says nothing: tag characters
 * (Unicode §23.9), variation selectors that number bytes, or two invisible characters
 * that stand for the bits of bytes. Models read these, people do not see them.
 */
export function hiddenTextAt(bytes: Uint8Array, at: number, end: number): HiddenText | null {
  const first = codePointOf(bytes, at, end);
  return taggedByte(first) !== -1
    ? spelledSingly(bytes, at, end, taggedByte)
    : selectedByte(first) !== -1
      ? spelledSingly(bytes, at, end, selectedByte)
      : BIT_PAIRS.some((pair) => pair.includes(first))
        ? spelledInBits(bytes, at, end)
        : null;
}

/** True for the first byte of any character that hidden text begins with. */
export function mayBeginHiddenText(byte: number): boolean {
  return byte === 0xe2 || byte === 0xef || byte === 0xf3;
}

function spelledSingly(
  bytes: Uint8Array,
  from: number,
  end: number,
  byteOf: (code: number) => number,
): HiddenText | null {
  const codes: number[] = [];
  const bytesEach: number[] = [];
  let at = from;
  for (;;) {
    const character = codePointOf(bytes, at, end);
    const code = byteOf(character);
    if (code === -1 || !(isReadable(code) || (code === CANCEL && codes.length > 0))) break;
    const length = utf8Length(character);
    // The tag that ends a sequence of tags says nothing.
    if (code === CANCEL) bytesEach[bytesEach.length - 1]! += length;
    else {
      codes.push(code);
      bytesEach.push(length);
    }
    at += length;
  }
  return codes.length >= HIDDEN_LENGTH_MIN ? { codes, bytesEach } : null;
}

function spelledInBits(bytes: Uint8Array, from: number, past: number): HiddenText | null {
  for (const [zero, one] of BIT_PAIRS) {
    const codes: number[] = [];
    let end = from;
    for (let code = byteInBits(bytes, end, past, zero, one); isReadable(code); ) {
      codes.push(code);
      end += BIT_BYTES * 8;
      code = byteInBits(bytes, end, past, zero, one);
    }
    if (codes.length >= HIDDEN_LENGTH_MIN) return { codes, bytesEach: codes.map(() => BIT_BYTES * 8) };
  }
  return null;
}

/** The byte of which each bit is one character, -1 when there is none. */
function byteInBits(bytes: Uint8Array, from: number, end: number, zero: number, one: number): number {
  let code = 0;
  for (let at = from; at < from + BIT_BYTES * 8; at += BIT_BYTES) {
    const character = codePointOf(bytes, at, end);
    if (character !== zero && character !== one) return -1;
    code = (code << 1) | (character === one ? 1 : 0);
  }
  return code;
}

/** Shorter runs are the flags and styles of emoji. */
const HIDDEN_LENGTH_MIN = 4;
export const HIDDEN_BYTES_MIN = 3 * HIDDEN_LENGTH_MIN;

function taggedByte(code: number): number {
  return code >= 0xe0020 && code <= 0xe007f ? code - 0xe0000 : -1;
}

function selectedByte(code: number): number {
  if (code >= 0xfe00 && code <= 0xfe0f) return code - 0xfe00;
  return code >= 0xe0100 && code <= 0xe01ef ? code - 0xe0100 + 16 : -1;
}

const BIT_PAIRS: readonly (readonly [zero: number, one: number])[] = [
  [0x2062, 0x2064],
  [0x200b, 0x200c],
  [0x200c, 0x200d],
  [0x200b, 0x200d],
];
const BIT_BYTES = 3;
/** The tag that ends a sequence of them. */
const CANCEL = 0x7f;

function isReadable(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x09;
}

/** The code point of a sequence of three or four bytes, -1 for any other. */
function codePointOf(bytes: Uint8Array, at: number, end: number): number {
  const lead = at < end ? bytes[at]! : 0;
  if (lead < 0xe0) return -1;
  const second = bytes[at + 1]! & 0x3f;
  const third = bytes[at + 2]! & 0x3f;
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | (second << 6) | third;
  return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[at + 3]! & 0x3f);
}

function utf8Length(code: number): number {
  return code < 0x10000 ? 3 : 4;
}
