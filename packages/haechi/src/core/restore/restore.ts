import { BACKSLASH } from "../document/json-bytes.ts";
import { HAS_UNICODE_ESCAPE, type JsonDocument, NUMBER_LEAF } from "../document/json-document.ts";
import { leafText, sourceText } from "../document/leaf.ts";
import type { Edit } from "../transform/edit.ts";
import { MARKER_END, TOKEN_MARKER_START } from "../transform/marker.ts";
import { sourceOffsets } from "./source-offsets.ts";
import { standsInUrl, URL_CONTEXT_MAX } from "./url-context.ts";

const TOKEN_MARKER = /\[TOKEN:([^[\]]+)\]/g;

/** Where tokens are put back. */
export interface RestoreOptions {
  /** In addresses too, where a value can leave with nobody's doing: see `standsInUrl`. */
  readonly intoUrls: boolean;
}

const NOT_INTO_URLS: RestoreOptions = { intoUrls: false };

/**
 * The text with the tokens of this exchange put back. A marker of any other token
 * stays, and what was put back is not looked at again.
 * @param issued token id to original
 */
export function restoreText(
  text: string,
  issued: ReadonlyMap<string, string>,
  { intoUrls }: RestoreOptions = NOT_INTO_URLS,
): string {
  return text.replace(TOKEN_MARKER, (marker, tokenId: string, at: number) => {
    const original = issued.get(tokenId);
    return original === undefined || (!intoUrls && standsInUrl(text.slice(Math.max(0, at - URL_CONTEXT_MAX), at)))
      ? marker
      : original;
  });
}

/**
 * The edits that do to a document what `restoreText` does to a text: in every string
 * and key, however the marker is escaped.
 * @param standing edits that are made anyway: a marker that one of them touches stays
 */
export function restoreEdits(
  document: JsonDocument,
  issued: ReadonlyMap<string, string>,
  standing: readonly Edit[] = [],
  options: RestoreOptions = NOT_INTO_URLS,
): Edit[] {
  if (issued.size === 0) return [];
  const edits = [...plainMarkers(document, issued, options), ...escapedMarkers(document, issued, options)];
  if (standing.length === 0 || edits.length === 0) return edits;
  return withoutTouching(edits, standing);
}

const MARKER_START_BYTES = new TextEncoder().encode(TOKEN_MARKER_START);
const OPEN_BRACKET = MARKER_START_BYTES[0]!;
const CLOSE_BRACKET = MARKER_END.charCodeAt(0);

/** Markers that stand in the bytes as they are: one search over the document, whatever its leaves. */
function plainMarkers(
  document: JsonDocument,
  issued: ReadonlyMap<string, string>,
  { intoUrls }: RestoreOptions,
): Edit[] {
  const { bytes, leaves } = document;
  const edits: Edit[] = [];
  const before = textsBefore(document);
  let leaf = 0;
  // A plain loop: `indexOf` would be quicker on prose, and far slower on a body full of brackets.
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== OPEN_BRACKET || !startsMarker(bytes, at)) continue;
    while (leaf < leaves.count && leaves.end[leaf]! <= at) leaf++;
    if (leaf === leaves.count) break;
    if (leaves.start[leaf]! > at || isReadDecoded(document, leaf)) continue;
    const idStart = at + MARKER_START_BYTES.length;
    const close = nextBracket(bytes, idStart, leaves.end[leaf]!);
    if (bytes[close] !== CLOSE_BRACKET || close === leaves.end[leaf]) continue;
    const original = issued.get(sourceText(document, idStart, close, leaf));
    if (original === undefined || (!intoUrls && standsInUrl(before(leaf, at)))) continue;
    edits.push({ leaf, start: at, end: close + 1, replacement: original });
  }
  return edits;
}

/** As much of a leaf before a place as says whether an address stands there, for places that come in their order. */
function textsBefore(document: JsonDocument): (leaf: number, at: number) => string {
  const { bytes, format, leaves } = document;
  let text = "";
  let textLeaf = -1;
  let textEnd = -1;
  return (leaf, at) => {
    const start = leaf === textLeaf ? textEnd : leaves.start[leaf]!;
    let from = Math.max(start, at - URL_CONTEXT_MAX * BYTES_PER_UNIT_MAX);
    if (from > start) {
      let backslashes = 0;
      while (format === "json" && bytes[from - backslashes - 1] === BACKSLASH) backslashes++;
      // Neither within an escape nor within a character.
      if (backslashes % 2 === 1) from++;
      while (from < at && (bytes[from]! & 0xc0) === 0x80) from++;
    }
    const known = leaf === textLeaf && from === start ? text : "";
    text = (known + sourceText(document, from, at, leaf)).slice(-URL_CONTEXT_MAX);
    textLeaf = leaf;
    textEnd = at;
    return text;
  };
}

/** Of UTF-8, and of an escape other than `\\u`. */
const BYTES_PER_UNIT_MAX = 3;

/** True when what follows a bracket makes it the start of a marker. */
function startsMarker(bytes: Uint8Array, at: number): boolean {
  for (let index = 1; index < MARKER_START_BYTES.length; index++) {
    if (bytes[at + index] !== MARKER_START_BYTES[index]) return false;
  }
  return true;
}

/** The place of the next bracket of either kind, or `end`. */
function nextBracket(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== CLOSE_BRACKET && bytes[at] !== OPEN_BRACKET) at++;
  return at;
}

// A `\u` escape can spell any character of a marker; no other escape can.
function isReadDecoded({ leaves }: JsonDocument, leaf: number): boolean {
  return (leaves.flags[leaf]! & HAS_UNICODE_ESCAPE) !== 0;
}

/** Markers in leaves where part of one may be spelled by escapes. */
function escapedMarkers(
  document: JsonDocument,
  issued: ReadonlyMap<string, string>,
  { intoUrls }: RestoreOptions,
): Edit[] {
  const { leaves } = document;
  const edits: Edit[] = [];
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (!isReadDecoded(document, leaf) || leaves.kind[leaf] === NUMBER_LEAF) continue;
    const text = leafText(document, leaf);
    const found = [...text.matchAll(TOKEN_MARKER)].filter(
      ({ index, 1: tokenId }) =>
        issued.has(tokenId!) && (intoUrls || !standsInUrl(text.slice(Math.max(0, index - URL_CONTEXT_MAX), index))),
    );
    if (found.length === 0) continue;
    const offsets = sourceOffsets(document, leaf);
    for (const { index, 0: marker, 1: tokenId } of found) {
      edits.push({
        leaf,
        start: offsets[index]!,
        end: offsets[index + marker.length]!,
        replacement: issued.get(tokenId!)!,
      });
    }
  }
  return edits;
}

function withoutTouching(edits: readonly Edit[], standing: readonly Edit[]): Edit[] {
  const sorted = standing.toSorted((a, b) => a.start - b.start);
  return edits.filter((edit) => {
    const other = firstEndingAfter(sorted, edit.start);
    return other === undefined || other.start >= edit.end;
  });
}

/** The edits do not overlap, so those sorted by start are sorted by end too. */
function firstEndingAfter(sorted: readonly Edit[], place: number): Edit | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.end <= place) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}
