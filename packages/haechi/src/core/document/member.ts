import { COLON, OPEN_BRACE, OPEN_BRACKET } from "./json-bytes.ts";
import {
  HAS_ESCAPE,
  HAS_NON_ASCII,
  type JsonDocument,
  KEY_LEAF,
  NUMBER_LEAF,
  OBJECT_CONTAINER,
} from "./json-document.ts";
import { leafText } from "./leaf.ts";

/** What stands under a key. */
export type MemberValue =
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "container" };

/**
 * Every top-level member that some parser upstream could take for `name` (ASCII),
 * in document order; empty when the document is no object. Whoever decides by a
 * member looks at all of them: parsers differ in which duplicate they keep, and
 * Go's encoding/json takes a key in any case, by Unicode folding (K is U+212A too).
 *
 * It reads our own tables and never `JSON.parse`: in V8 (nodejs/node#63785) a
 * malformed key of one document can come back as a key of a later one, so with two
 * requests a client could show the gateway another member than the upstream.
 */
export function memberValues(document: JsonDocument, name: string): MemberValue[] {
  return memberKeys(document, ROOT, name).map((key) => valueUnder(document, key));
}

/** The keys of such members, of any container; none when it is no object. */
export function memberKeys(document: JsonDocument, container: number, name: string): number[] {
  const { leaves, containers } = document;
  const keys: number[] = [];
  if (container >= containers.count || containers.kind[container] !== OBJECT_CONTAINER) return keys;
  const folded = foldedName(name);
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.container[leaf] !== container || leaves.kind[leaf] !== KEY_LEAF) continue;
    if (mayBeTakenFor(folded, document, leaf)) keys.push(leaf);
  }
  return keys;
}

export const ROOT = 0;

/** A name as lenient readers compare it, in any case and in any compatibility form. */
export function foldedName(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

// A character takes at most twelve bytes (two \u escapes), and folding makes no
// ASCII text out of more characters than it has.
const BYTES_PER_CHARACTER_MAX = 12;

/** True when some parser could take the key for a name, which is given folded. */
export function mayBeTakenFor(folded: string, document: JsonDocument, key: number): boolean {
  const start = document.leaves.start[key]!;
  const length = document.leaves.end[key]! - start;
  if ((document.leaves.flags[key]! & (HAS_ESCAPE | HAS_NON_ASCII)) !== 0) {
    return length <= folded.length * BYTES_PER_CHARACTER_MAX && foldedName(leafText(document, key)) === folded;
  }
  if (length !== folded.length) return false;
  for (let i = 0; i < length; i++) {
    if (lowerCase(document.bytes[start + i]!) !== folded.charCodeAt(i)) return false;
  }
  return true;
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

/** True when the key spells the name, which is ASCII. */
export function isNamed(document: JsonDocument, key: number, name: string): boolean {
  const { bytes, leaves } = document;
  if ((leaves.flags[key]! & HAS_ESCAPE) !== 0) return leafText(document, key) === name;
  const start = leaves.start[key]!;
  if (leaves.end[key]! - start !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false;
  return true;
}

const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;

/** What stands under a key. */
// A string or number value is the leaf after its key; the first byte tells the rest apart.
export function valueUnder(document: JsonDocument, key: number): MemberValue {
  switch (firstByteOfValue(document, key)) {
    case OPEN_BRACE:
    case OPEN_BRACKET:
      return { kind: "container" };
    case LOWER_T:
      return { kind: "boolean", value: true };
    case LOWER_F:
      return { kind: "boolean", value: false };
    case LOWER_N:
      return { kind: "null" };
    default:
      return {
        kind: document.leaves.kind[key + 1] === NUMBER_LEAF ? "number" : "string",
        text: leafText(document, key + 1),
      };
  }
}

function firstByteOfValue(document: JsonDocument, key: number): number {
  let at = document.leaves.end[key]! + 1;
  while (isSpaceOrColon(document.bytes[at]!)) at++;
  return document.bytes[at]!;
}

function isSpaceOrColon(byte: number): boolean {
  return byte === 0x20 || byte === COLON || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
