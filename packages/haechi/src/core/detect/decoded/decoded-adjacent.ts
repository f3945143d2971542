import type { JsonDocument } from "../../document/json-document.ts";
import { decodeLeaf, type NormalizedText, normalizeText } from "../../normalize/normalize.ts";
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

/** All runs of parts, each as it is and with blanks between the parts. Of a long part, only what stands near a border is read. */
export function adjacentText(document: JsonDocument, runs: readonly AdjacentParts[]): AdjacentText {
  const pieces: Piece[] = [];
  const chunks: Uint8Array[] = [];
  let length = 0;
  const write = (bytes: Uint8Array) => {
    chunks.push(bytes);
    length += bytes.length;
  };
  for (const parts of runs) {
    const texts = parts.map((leaf, index) => textsOf(document, leaf, index > 0, index < parts.length - 1));
    for (const between of [NOTHING, BLANK_ONLY]) {
      for (const [index, leaf] of parts.entries()) {
        if (index > 0) write(between);
        for (const [at, text] of texts[index]!.entries()) {
          if (at > 0) write(GAP);
          pieces.push({ leaf, at: length, text });
          write(text.bytes);
        }
      }
      write(GAP);
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { bytes, piecesOf: (start, end) => piecesBetween(pieces, start, end) };
}

interface Piece {
  readonly leaf: number;
  /** Where in the whole text it begins. */
  readonly at: number;
  readonly text: NormalizedText;
}

const REACH_BYTES = 256;
const utf8 = new TextEncoder();
/** Nothing that a rule finds spans this. */
const GAP = utf8.encode("\n\ufffd\n");
const NOTHING = new Uint8Array(0);
const BLANK_ONLY = utf8.encode(" ");

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

function piecesBetween(pieces: readonly Piece[], start: number, end: number): LeafPiece[] {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pieces[middle]!.at + pieces[middle]!.text.bytes.length <= start) low = middle + 1;
    else high = middle;
  }
  const found: LeafPiece[] = [];
  for (; low < pieces.length && pieces[low]!.at < end; low++) {
    const { leaf, at, text } = pieces[low]!;
    if (text.bytes.length === 0) continue;
    found.push({
      leaf,
      start: text.sourceStart[Math.max(start - at, 0)]!,
      end: text.sourceEnd[Math.min(end - at, text.bytes.length) - 1]!,
    });
  }
  return found;
}

const BLANK = 0x20;
const BACKSLASH = 0x5c;
