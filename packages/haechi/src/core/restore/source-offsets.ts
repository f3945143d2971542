import { BACKSLASH } from "../document/json-bytes.ts";
import { HAS_ESCAPE, type JsonDocument } from "../document/json-document.ts";
import { leafLength } from "../document/leaf.ts";

const LOWER_U = 0x75;

/**
 * For each UTF-16 unit of `leafText` the byte where its source starts, and last the
 * byte past the leaf. The second half of a character above U+FFFF that is written
 * in UTF-8 shares the byte of the first.
 */
export function sourceOffsets(document: JsonDocument, leaf: number): Int32Array {
  const { bytes, leaves } = document;
  const end = leaves.end[leaf]!;
  const hasEscape = (leaves.flags[leaf]! & HAS_ESCAPE) !== 0;
  const offsets = new Int32Array(leafLength(document, leaf) + 1);
  let unit = 0;
  for (let at = leaves.start[leaf]!; at < end; ) {
    const byte = bytes[at]!;
    offsets[unit++] = at;
    if (byte >= 0xf0) offsets[unit++] = at;
    at += byte === BACKSLASH && hasEscape ? escapeBytes(bytes[at + 1]!) : utf8Bytes(byte);
  }
  offsets[unit] = end;
  return offsets;
}

function escapeBytes(letter: number): number {
  return letter === LOWER_U ? 6 : 2;
}

/** RFC 3629 §3: the first byte says how many there are. */
function utf8Bytes(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
