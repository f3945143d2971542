import { hash } from "node:crypto";
import { type JsonDocument, KEY_LEAF, NUMBER_LEAF, OBJECT_CONTAINER, STRING_LEAF } from "./json-document.ts";

/**
 * 12 hex of SHA-256 over the document without its values: containers, key names as
 * written, the written length of strings in bytes and the kind of numbers. Spacing
 * makes no difference. Booleans and nulls only take up their place.
 */
export function shapeHash(document: JsonDocument): string {
  const shape = new ShapeWriter(document).write();
  return hash("sha256", shape, "hex").slice(0, SHAPE_HEX);
}

const SHAPE_HEX = 12;

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

/** Writes the tables, without the values, into one buffer: a number takes 7 bits a byte, low bits first. */
class ShapeWriter {
  readonly #document: JsonDocument;
  readonly #out: Uint8Array;
  #at = 0;

  constructor(document: JsonDocument) {
    this.#document = document;
    const rows = document.leaves.count + document.containers.count + 1;
    this.#out = new Uint8Array(rows * ROW_BYTES_MAX + keyBytes(document));
  }

  write(): Uint8Array {
    this.#containers();
    this.#leaves();
    return this.#out.subarray(0, this.#at);
  }

  #containers(): void {
    const { count, kind, parent, slot } = this.#document.containers;
    this.#number(count);
    for (let row = 0; row < count; row++) {
      this.#number(kind[row] === OBJECT_CONTAINER ? OBJECT_TAG : ARRAY_TAG);
      this.#number(parent[row]! + 1);
      this.#number(slot[row]! + 1);
    }
  }

  #leaves(): void {
    const { count, kind, start, end, flags, container, slot } = this.#document.leaves;
    const containerKind = this.#document.containers.kind;
    for (let leaf = 0; leaf < count; leaf++) {
      const leafKind = kind[leaf];
      const inside = container[leaf]!;
      this.#number(leafKind === STRING_LEAF ? STRING_TAG : leafKind === KEY_LEAF ? KEY_TAG : NUMBER_TAG + flags[leaf]!);
      this.#number(inside + 1);
      if (inside !== -1 && containerKind[inside] !== OBJECT_CONTAINER) this.#number(slot[leaf]!);
      if (leafKind !== NUMBER_LEAF) this.#number(end[leaf]! - start[leaf]!);
      if (leafKind === KEY_LEAF) this.#key(leaf);
    }
  }

  #key(leaf: number): void {
    const { bytes, leaves } = this.#document;
    for (let at = leaves.start[leaf]!; at < leaves.end[leaf]!; at++) this.#out[this.#at++] = bytes[at]!;
  }

  #number(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#out[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#out[this.#at++] = rest;
  }
}

function keyBytes({ leaves }: JsonDocument): number {
  let bytes = 0;
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] === KEY_LEAF) bytes += leaves.end[leaf]! - leaves.start[leaf]!;
  }
  return bytes;
}
