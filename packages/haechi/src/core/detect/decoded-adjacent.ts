import type { JsonDocument } from "../document/json-document.ts";
import { decodeLeaf, type NormalizedText, normalizeText } from "../normalize/normalize.ts";
import type { AdjacentParts } from "./decoded-parts.ts";

/** A stretch of one leaf, by its places in the document. */
export interface LeafPiece {
  readonly leaf: number;
  readonly start: number;
  readonly end: number;
}

/** What adjacent parts say when they are read as one text, and the way back. */
export interface AdjacentText {
  readonly bytes: Uint8Array;
  /** The pieces of the leaves that a stretch of `bytes` came from, as places in the document. */
  readonly piecesOf: (start: number, end: number) => readonly LeafPiece[];
}

/** Of a long part, only what stands near a border is read. */
export function adjacentText(document: JsonDocument, parts: AdjacentParts, between: string): AdjacentText {
  const separator = utf8.encode(between);
  const pieces: Piece[] = [];
  const chunks: Uint8Array[] = [];
  let length = 0;
  const write = (bytes: Uint8Array) => {
    chunks.push(bytes);
    length += bytes.length;
  };
  for (const [index, leaf] of parts.entries()) {
    if (index > 0) write(separator);
    const isLast = index === parts.length - 1;
    for (const [at, text] of textsOf(document, leaf, index > 0, !isLast).entries()) {
      if (at > 0) write(GAP);
      pieces.push({ leaf, at: length, text });
      write(text.bytes);
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return {
    bytes,
    piecesOf: (start, end) =>
      pieces
        .filter(({ at, text }) => at < end && at + text.bytes.length > start)
        .map(({ leaf, at, text }) => ({
          leaf,
          start: text.sourceStart[Math.max(start - at, 0)]!,
          end: text.sourceEnd[Math.min(end - at, text.bytes.length) - 1]!,
        })),
  };
}

interface Piece {
  readonly leaf: number;
  /** Where in the whole text it begins. */
  readonly at: number;
  readonly text: NormalizedText;
}

const REACH_BYTES = 256;
/** Nothing that a rule finds spans this. */
const GAP = new TextEncoder().encode("\n\ufffd\n");
const utf8 = new TextEncoder();

function textsOf(document: JsonDocument, leaf: number, head: boolean, tail: boolean): NormalizedText[] {
  const { leaves } = document;
  const start = leaves.start[leaf]!;
  const end = leaves.end[leaf]!;
  if (end - start <= 2 * REACH_BYTES) return [seen(document, leaf, start, end)];
  const texts: NormalizedText[] = [];
  if (head) texts.push(seen(document, leaf, start, cutNear(document, start + REACH_BYTES, end)));
  if (tail) texts.push(seen(document, leaf, cutNear(document, end - REACH_BYTES, end), end));
  return texts;
}

function seen(document: JsonDocument, leaf: number, start: number, end: number): NormalizedText {
  return normalizeText(decodeLeaf(document, leaf, start, end), "all");
}

/** The first place from there on that is behind a blank, which is never in the midst of a character or an escape. */
function cutNear({ bytes }: JsonDocument, from: number, end: number): number {
  let at = from;
  while (at < end && !(bytes[at - 1] === BLANK && bytes[at - 2] !== BACKSLASH)) at++;
  return at;
}

const BLANK = 0x20;
const BACKSLASH = 0x5c;
