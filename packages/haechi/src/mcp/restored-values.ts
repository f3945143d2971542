import { type JsonDocument, KEY_LEAF, NUMBER_LEAF } from "../core/document/json-document.ts";
import { leafText } from "../core/document/leaf.ts";
import { isNamed, ROOT } from "../core/document/member.ts";
import { escapeJson, type Splice, splice } from "../core/document/splice.ts";
import { writeTokenMarker } from "../core/transform/marker.ts";
import { remember } from "./remember.ts";

/** The values that tools got for tokens: what a tool says of one again becomes the token again. */
export interface RestoredValues {
  /** @param values token id to value */
  add(values: ReadonlyMap<string, string>): void;
  /** The text with tokens in their place; the same text where there is none. */
  hideIn(text: string): string;
  /** The bytes of a document with tokens in their place; the same bytes where there is none. */
  hideInDocument(document: JsonDocument): Uint8Array;
}

/** Forgets the oldest when there are too many. */
export function createRestoredValues(): RestoredValues {
  const tokens = new Map<string, string>();
  return {
    add(values) {
      for (const [id, value] of values) {
        if (value.length >= VALUE_LENGTH_MIN) remember(tokens, value, writeTokenMarker(id), VALUES_MAX);
      }
    },
    hideIn,
    hideInDocument(document) {
      const { bytes, leaves } = document;
      if (tokens.size === 0) return bytes;
      const splices: Splice[] = [];
      for (let leaf = 0; leaf < leaves.count; leaf++) {
        if (isId(document, leaf)) continue;
        const text = leafText(document, leaf);
        const hidden = hideIn(text);
        if (hidden === text) continue;
        const isNumber = leaves.kind[leaf] === NUMBER_LEAF;
        const written = isNumber ? `"${escapeJson(hidden)}"` : escapeJson(hidden);
        splices.push({ start: leaves.start[leaf]!, end: leaves.end[leaf]!, text: written });
      }
      return splice(bytes, splices);
    },
  };

  function hideIn(text: string): string {
    if (text.length < VALUE_LENGTH_MIN || tokens.size === 0) return text;
    let hidden = text;
    for (const [value, marker] of tokens) {
      if (!hidden.includes(value)) continue;
      hidden = hidden.replaceAll(value, () => marker);
    }
    return hidden;
  }
}

/** The name of a message answers it, and is inspected as it is. */
function isId(document: JsonDocument, leaf: number): boolean {
  const { container, kind, slot } = document.leaves;
  return container[leaf] === ROOT && kind[leaf] !== KEY_LEAF && isNamed(document, slot[leaf]!, "id");
}

const VALUES_MAX = 256;
/** Shorter ones stand in any text. */
const VALUE_LENGTH_MIN = 4;
