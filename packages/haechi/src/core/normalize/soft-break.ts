/**
 * Offset past the soft line break at `at`, where a line of quoted-printable text ends in `=`
 * and goes on in the next (RFC 2045 §6.7 rule 5); `at` when there is none. The end
 * of the line may be written as an escape.
 */
export function softBreakEnd(bytes: Uint8Array, at: number, end: number): number {
  const past = lineEnd(bytes, at + 1);
  if (past === at + 1 || past >= end || at === 0 || !isWord(bytes[at - 1]!) || !isWord(bytes[past]!)) return at;
  if (isDigit(bytes[at - 1]!) && isDigit(bytes[past]!)) return past;
  // A line that is a name and nothing else is an assignment of nothing.
  for (let before = at - 1; before >= 0 && bytes[before] !== LINE_FEED && at - before < LINE_MAX; before--) {
    if (!isWord(bytes[before]!) && bytes[before] !== LOW_LINE && bytes[before] !== HYPHEN) return past;
  }
  return at;
}

function lineEnd(bytes: Uint8Array, at: number): number {
  let past = at;
  if (bytes[past] === RETURN) past++;
  else if (bytes[past] === BACKSLASH && bytes[past + 1] === LOWER_R) past += 2;
  if (bytes[past] === LINE_FEED) return past + 1;
  return bytes[past] === BACKSLASH && bytes[past + 1] === LOWER_N ? past + 2 : at;
}

function isWord(byte: number): boolean {
  return isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

const LINE_MAX = 80;
const HYPHEN = 0x2d;
const LOW_LINE = 0x5f;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BACKSLASH = 0x5c;
const LOWER_N = 0x6e;
const LOWER_R = 0x72;
