import { hash } from "node:crypto";
import { type JsonDocument, KEY_LEAF, OBJECT_CONTAINER, STRING_LEAF } from "./json-document.ts";

/**
 * 12 hex of SHA-256 over the document without its values: containers, key names as
 * written, the written length of strings in bytes and the kind of numbers. Spacing
 * makes no difference. Booleans and nulls only take up their place.
 */
export function shapeHash(document: JsonDocument): string {
  const room = roomFor(document);
  const out = room <= scratch.length ? scratch : new Uint8Array(room);
  const shape = out.subarray(0, writeLeaves(document, out, writeContainers(document, out)));
  const digest = hash("sha256", shape, "hex").slice(0, SHAPE_HEX);
  // A key may be personal data, which does not stay in memory that others use.
  shape.fill(0);
  return digest;
}

const SHAPE_HEX = 12;

// Used for one document after the other, as long as they are no larger.
const scratch = new Uint8Array(1 << 16);

// A row is a tag and at most three numbers of up to five bytes.
const ROW_BYTES_MAX = 16;

// Tags of rows. A row holds what its tag and the rows before it leave open: a key is
// its own slot, and a value in an object that is a leaf follows its key.
const OBJECT_TAG = 0;
const ARRAY_TAG = 1;
const STRING_TAG = 2;
const KEY_TAG = 3;
// The flags of a number (integer, or with fraction or exponent) are added to it.
const NUMBER_TAG = 4;

/** The bytes that the tables, without the values, take at most. */
function roomFor({ leaves, containers }: JsonDocument): number {
  const { count, kind, start, end } = leaves;
  let room = (count + containers.count + 1) * ROW_BYTES_MAX;
  for (let leaf = 0; leaf < count; leaf++) if (kind[leaf] === KEY_LEAF) room += end[leaf]! - start[leaf]!;
  return room;
}

/** Returns where the rows end. */
function writeContainers({ containers }: JsonDocument, out: Uint8Array): number {
  const { count, kind, parent, slot } = containers;
  let at = writeNumber(count, out, 0);
  for (let row = 0; row < count; row++) {
    out[at++] = kind[row] === OBJECT_CONTAINER ? OBJECT_TAG : ARRAY_TAG;
    at = writeNumber(parent[row]! + 1, out, at);
    at = writeNumber(slot[row]! + 1, out, at);
  }
  return at;
}

/** Returns where the rows end. */
function writeLeaves({ bytes, leaves, containers }: JsonDocument, out: Uint8Array, from: number): number {
  const { count, kind, start, end, flags, container, slot } = leaves;
  const { kind: containerKind } = containers;
  let at = from;
  for (let leaf = 0; leaf < count; leaf++) {
    const leafKind = kind[leaf]!;
    const inside = container[leaf]!;
    out[at++] = leafKind === STRING_LEAF ? STRING_TAG : leafKind === KEY_LEAF ? KEY_TAG : NUMBER_TAG + flags[leaf]!;
    at = writeNumber(inside + 1, out, at);
    if (leafKind === KEY_LEAF) {
      const past = end[leaf]!;
      let next = start[leaf]!;
      at = writeNumber(past - next, out, at);
      while (next < past) out[at++] = bytes[next++]!;
      continue;
    }
    if (inside !== -1 && containerKind[inside] !== OBJECT_CONTAINER) at = writeNumber(slot[leaf]!, out, at);
    if (leafKind === STRING_LEAF) at = writeNumber(end[leaf]! - start[leaf]!, out, at);
  }
  return at;
}

/** Writes 7 bits a byte, low bits first. Returns where they end. */
function writeNumber(value: number, out: Uint8Array, from: number): number {
  let at = from;
  let rest = value;
  while (rest > 0x7f) {
    out[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  out[at++] = rest;
  return at;
}
