import { BACKSLASH, OPEN_BRACE, OPEN_BRACKET } from "../document/json-bytes.ts";
import type { JsonDocument } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";
import { escapeJson } from "../document/splice.ts";
import { tokenize } from "../document/tokenize.ts";
import { isHaechiError } from "../errors.ts";
import { sourceOffsets } from "../restore/source-offsets.ts";
import type { Edit } from "./edit.ts";

/**
 * The edits of a leaf such that a leaf that spells JSON, as tool arguments do, spells
 * JSON after them too: what is put into a string is escaped, a number becomes a string
 * as a whole, and no escape is cut. Edits of any other leaf are as given.
 * @param edits sorted; no two of them overlap
 */
export function keepNestedJson(document: JsonDocument, leaf: number, edits: readonly Edit[]): readonly Edit[] {
  if (!mayOpenContainer(document.bytes[document.leaves.start[leaf]!]!)) return edits;
  const text = leafText(document, leaf);
  if (!OPENS_CONTAINER.test(text) || !isJson(text)) return edits;
  const offsets = sourceOffsets(document, leaf);
  const kept: Edit[] = [];
  const tokens = tokensOf(text);
  let token = tokens.next().value;
  let done = 0;
  for (const edit of edits) {
    while (token !== undefined && offsets[token.end]! <= edit.start) token = tokens.next().value;
    const isWithin = token !== undefined && offsets[token.start]! <= edit.start && edit.end <= offsets[token.end]!;
    // A number goes as a whole with the first edit of it.
    if (edit.end <= done) continue;
    const made = isWithin ? editWithin(text, token!, edit, offsets, done) : edit;
    kept.push(made);
    done = made.end;
  }
  return kept;
}

const OPENS_CONTAINER = /^\s*[{[]/;

/** By the first byte of a leaf: white space and brackets may, and what an escape or several bytes spell. */
function mayOpenContainer(first: number): boolean {
  return (
    first <= SPACE || first >= FIRST_NON_ASCII || first === OPEN_BRACE || first === OPEN_BRACKET || first === BACKSLASH
  );
}

const SPACE = 0x20;
const FIRST_NON_ASCII = 0x80;
const DEPTH_MAX = 256;
const utf8 = new TextEncoder();

function isJson(text: string): boolean {
  try {
    tokenize(utf8.encode(text), { depthMax: DEPTH_MAX });
    return true;
  } catch (error) {
    if (!isHaechiError(error)) throw error;
    return false;
  }
}

/** The content of a string, without its quotes, or a number. */
interface Token {
  readonly kind: "string" | "number";
  readonly start: number;
  readonly end: number;
}

/** The strings and numbers of a text that is known to be JSON. */
function* tokensOf(text: string): Generator<Token, undefined> {
  for (let at = 0; at < text.length; at++) {
    const start = at;
    const first = text[at]!;
    if (first === '"') {
      for (at++; text[at] !== '"'; at++) if (text[at] === "\\") at++;
      yield { kind: "string", start: start + 1, end: at };
    } else if (IN_NUMBER.test(first)) {
      while (at < text.length && IN_NUMBER.test(text[at]!)) at++;
      yield { kind: "number", start, end: at };
    }
  }
}

// Outside of strings these stand in numbers, but for the letters of `true`, `false` and `null`, where nothing is found.
const IN_NUMBER = /[\d.eE+-]/;

/** @param done where the edit before this one ends */
function editWithin(text: string, { kind, start, end }: Token, edit: Edit, offsets: Int32Array, done: number): Edit {
  const escaped = escapeJson(edit.replacement);
  if (kind === "number") return { ...edit, start: offsets[start]!, end: offsets[end]!, replacement: `"${escaped}"` };
  const cut = escapeCutAt(text, start, edit.start, offsets);
  return { ...edit, start: cut === null ? edit.start : Math.max(done, cut), replacement: escaped };
}

/** Where the escape begins that an edit would otherwise leave the backslash of. */
function escapeCutAt(text: string, stringStart: number, at: number, offsets: Int32Array): number | null {
  const index = unitAt(offsets, at);
  let backslashes = 0;
  while (index - backslashes > stringStart && text[index - backslashes - 1] === "\\") backslashes++;
  return backslashes % 2 === 1 ? offsets[index - 1]! : null;
}

/** The UTF-16 unit whose source starts at a byte. */
function unitAt(offsets: Int32Array, at: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
