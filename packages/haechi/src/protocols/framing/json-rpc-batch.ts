import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "../../core/document/json-bytes.ts";
import { stringEnd } from "../../core/document/value-range.ts";
import { concatenate } from "./bytes.ts";
import { isSpace } from "./ndjson.ts";

/** Where an element of an array stands: from its first byte to past its last. */
export interface ElementRange {
  readonly start: number;
  readonly end: number;
}

/** The elements of a JSON text that is an array; the text is known to be well-formed. */
export function elementRanges(bytes: Uint8Array): readonly ElementRange[] {
  const ranges: ElementRange[] = [];
  let depth = 0;
  let start = -1;
  let end = -1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (isSpace(byte)) continue;
    if (depth === 1 && (byte === COMMA || byte === CLOSE_BRACKET)) {
      if (start !== -1) ranges.push({ start, end });
      start = -1;
      if (byte === CLOSE_BRACKET) break;
      continue;
    }
    if (depth === 1 && start === -1) start = at;
    if (byte === QUOTE) at = stringEnd(bytes, at + 1);
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
    end = at + 1;
  }
  return ranges;
}

/** An array with these elements in the place of its own; those that are null are left out. Null when none remains. */
export function withElements(
  bytes: Uint8Array,
  ranges: readonly ElementRange[],
  elements: readonly (Uint8Array | null)[],
): Uint8Array | null {
  const kept = elements.filter((element) => element !== null);
  if (kept.length === 0) return null;
  const opening = bytes.subarray(0, ranges[0]!.start);
  const closing = bytes.subarray(ranges.at(-1)!.end);
  const listed = kept.flatMap((element, index) => (index === 0 ? [element] : [COMMA_BYTES, element]));
  return concatenate([opening, ...listed, closing]);
}

const COMMA_BYTES = Uint8Array.of(COMMA);
