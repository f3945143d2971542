import { BACKSLASH } from "./json-bytes.ts";
import {
  ARRAY_CONTAINER,
  HAS_ESCAPE,
  HAS_NON_ASCII,
  type JsonDocument,
  KEY_LEAF,
  type LeafKind,
  NUMBER_LEAF,
} from "./json-document.ts";

/** The decoded text of a leaf: of a string or key what it spells, of a number its digits as written. */
export function leafText(document: JsonDocument, leaf: number): string {
  return sourceText(document, document.leaves.start[leaf]!, document.leaves.end[leaf]!, leaf);
}

/** The decoded text of a byte range inside a leaf. The range never cuts an escape or a UTF-8 character. */
export function sourceText(document: JsonDocument, start: number, end: number, leaf: number): string {
  const flags = document.leaves.flags[leaf]!;
  const text = decoded(document.bytes, start, end, (flags & HAS_NON_ASCII) !== 0);
  return (flags & HAS_ESCAPE) === 0 ? text : unescaped(text);
}

/** The number of UTF-16 units in `leafText`, without building it. */
export function leafLength(document: JsonDocument, leaf: number): number {
  const start = document.leaves.start[leaf]!;
  const end = document.leaves.end[leaf]!;
  const flags = document.leaves.flags[leaf]!;
  if ((flags & (HAS_ESCAPE | HAS_NON_ASCII)) === 0) return end - start;
  return unitsBetween(document.bytes, start, end, (flags & HAS_ESCAPE) !== 0);
}

export function leafKind(document: JsonDocument, leaf: number): LeafKind {
  const kind = document.leaves.kind[leaf];
  return kind === KEY_LEAF ? "key" : kind === NUMBER_LEAF ? "number" : "value";
}

/** The key of the nearest member that holds the leaf, -1 when there is none: that of an array counts for its elements. */
export function keyAbove({ leaves, containers }: JsonDocument, leaf: number): number {
  if (leaves.kind[leaf] === KEY_LEAF) return -1;
  let container = leaves.container[leaf]!;
  let slot = leaves.slot[leaf]!;
  while (container !== -1 && containers.kind[container] === ARRAY_CONTAINER) {
    slot = containers.slot[container]!;
    container = containers.parent[container]!;
  }
  return container === -1 ? -1 : slot;
}

// Without ignoreBOM a leading U+FEFF of a leaf would vanish.
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

// Below this many bytes a loop is quicker than the call into the decoder.
const LOOP_BYTES_MAX = 24;

function decoded(bytes: Uint8Array, start: number, end: number, hasNonAscii: boolean): string {
  if (hasNonAscii || end - start > LOOP_BYTES_MAX) return utf8.decode(bytes.subarray(start, end));
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}

/** RFC 8259, section 7: by the letter behind a backslash, the character that it stands for. */
export const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

// The tokenizer has checked every escape, so what follows a backslash is known to
// be whole. Each \u escape is one UTF-16 unit: two of them make a surrogate pair,
// and a lone one stays alone, as RFC 8259 §8.2 leaves open and JSON.parse does.
function unescaped(source: string): string {
  let text = "";
  let from = 0;
  for (let at = source.indexOf("\\"); at !== -1; at = source.indexOf("\\", from)) {
    const letter = source.charAt(at + 1);
    text += source.slice(from, at);
    if (letter === "u") {
      text += String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16));
      from = at + 6;
    } else {
      text += SIMPLE_ESCAPES[letter];
      from = at + 2;
    }
  }
  return text + source.slice(from);
}

const LOWER_U = 0x75;

function unitsBetween(bytes: Uint8Array, start: number, end: number, hasEscape: boolean): number {
  let units = 0;
  for (let at = start; at < end; units++) {
    const byte = bytes[at]!;
    if (byte === BACKSLASH && hasEscape) {
      at += bytes[at + 1] === LOWER_U ? 6 : 2;
    } else if (byte < 0x80) {
      at++;
    } else if (byte < 0xe0) {
      at += 2;
    } else if (byte < 0xf0) {
      at += 3;
    } else {
      // Above U+FFFF: a surrogate pair.
      at += 4;
      units++;
    }
  }
  return units;
}
