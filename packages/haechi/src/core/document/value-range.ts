import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "./json-bytes.ts";
import type { JsonDocument } from "./json-document.ts";

/** The bytes of the value that a key names, whatever it is: from its first to past its last. */
export function valueRange({ bytes, leaves }: JsonDocument, key: number): [start: number, end: number] {
  let start = leaves.end[key]! + 1;
  while (IS_SPACE_OR_COLON[bytes[start]!] === 1) start++;
  let depth = 0;
  for (let at = start; ; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at = stringEnd(bytes, at + 1);
      if (depth === 0) return [start, at + 1];
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth <= 1) return [start, depth === 0 ? at : at + 1];
      depth--;
    } else if (depth === 0 && (byte === COMMA || IS_SPACE_OR_COLON[byte] === 1)) return [start, at];
  }
}

/** Offset of the quote that closes a string of well-formed JSON, whose content begins at `from`. */
export function stringEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

const IS_SPACE_OR_COLON = new Uint8Array(256);
for (const byte of new TextEncoder().encode(" \t\r\n:")) IS_SPACE_OR_COLON[byte] = 1;
