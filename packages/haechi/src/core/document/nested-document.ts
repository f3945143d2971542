import { isHaechiError } from "../errors.ts";
import { decodeLeaf, type NormalizedText } from "../normalize/normalize.ts";
import { leafBytes } from "./encoded-text.ts";
import { BACKSLASH } from "./json-bytes.ts";
import { HAS_ESCAPE, type JsonDocument, STRING_LEAF } from "./json-document.ts";
import { sourceText } from "./leaf.ts";
import { tokenizeUtf8 } from "./tokenize.ts";

/** A document that stands in a string of another one. */
export interface NestedDocument {
  /** The string. */
  readonly leaf: number;
  readonly document: JsonDocument;
  /** The range of the outer document that says what a range of the inner one says. */
  toOuter(start: number, end: number): [start: number, end: number];
  /** What the inner document says in a range of the outer one; null when that is not within one of its leaves. */
  textAt(start: number, end: number): string | null;
}

/** Reads what a string says as JSON; null when that is no object and no array. */
export function nestedDocument(document: JsonDocument, leaf: number): NestedDocument | null {
  if (document.leaves.kind[leaf] !== STRING_LEAF || !opensContainer(document, leaf)) return null;
  const inner = readJson(textOf(document, leaf));
  if (inner === null) return null;
  // The way back is asked for only where something was found, and takes longer than the document itself.
  let way: Pick<NormalizedText, "sourceStart" | "sourceEnd"> | null = null;
  const wayBack = () => {
    way ??= decodeLeaf(document, leaf);
    return way;
  };
  return {
    leaf,
    document: inner,
    toOuter: (start, end) => [wayBack().sourceStart[start]!, wayBack().sourceEnd[end - 1]!],
    textAt(start, end) {
      const { sourceStart } = wayBack();
      const from = firstAtLeast(sourceStart, start);
      const past = firstAtLeast(sourceStart, end);
      const within = leafAround(inner, from, past);
      return within === -1 || sourceStart[from] !== start ? null : sourceText(inner, from, past, within);
    },
  };
}

const DEPTH_MAX = 256;

/** Rules most strings out without decoding them. */
function opensContainer({ bytes, leaves }: JsonDocument, leaf: number): boolean {
  const end = leaves.end[leaf]!;
  for (let at = leaves.start[leaf]!; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === 0x7b || byte === 0x5b || byte === BACKSLASH) return true;
    if (byte !== 0x20) return false;
  }
  return false;
}

/** What a string says, in memory of its own. */
function textOf(document: JsonDocument, leaf: number): Uint8Array {
  const text = leafBytes(document, leaf);
  const isEscaped = (document.leaves.flags[leaf]! & HAS_ESCAPE) !== 0;
  return isEscaped ? text : new Uint8Array(text);
}

function readJson(bytes: Uint8Array): JsonDocument | null {
  try {
    const document = tokenizeUtf8(bytes, { depthMax: DEPTH_MAX });
    return document.containers.count === 0 ? null : document;
  } catch (error) {
    if (!isHaechiError(error)) throw error;
    return null;
  }
}

function leafAround({ leaves }: JsonDocument, start: number, end: number): number {
  const leaf = firstAtLeast(leaves.end, end);
  return leaf < leaves.count && leaves.start[leaf]! <= start ? leaf : -1;
}

/** The index of the first entry of a rising list that is not below a value. */
function firstAtLeast(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
