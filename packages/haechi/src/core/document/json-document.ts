/**
 * A document as bytes with the places of its leaves. The body is never
 * re-serialised: findings are byte ranges in `bytes`, edits are splices.
 *
 * A leaf is one string value, one number or one object key. Every occurrence of
 * a repeated key is a leaf of its own, so that whatever a parser upstream takes
 * (first, last, or any case) has been inspected.
 */
export interface JsonDocument {
  /** Well-formed UTF-8, exactly as it came in. */
  readonly bytes: Uint8Array;
  /** `json`: leaf bytes are JSON string content with escapes. `text`: one leaf, literal text. */
  readonly format: "json" | "text";
  readonly leaves: LeafTable;
  readonly containers: ContainerTable;
}

/** Struct of arrays, one entry per leaf, in document order. */
export interface LeafTable {
  readonly count: number;
  readonly kind: Uint8Array;
  /** Offset of the first byte of the content: past the quote for strings and keys. */
  readonly start: Int32Array;
  /** Offset past the last byte of the content: at the closing quote for strings and keys. */
  readonly end: Int32Array;
  /** Bit set of the `HAS_…` flags. */
  readonly flags: Uint8Array;
  /** Index of the enclosing container in the container table; -1 at the top level. */
  readonly container: Int32Array;
  /**
   * Where in its container: for a value in an object the leaf index of its key;
   * for a value in an array its element index; for a key its own leaf index; -1 at the top level.
   */
  readonly slot: Int32Array;
}

/** Struct of arrays, one entry per object or array, in order of opening. */
export interface ContainerTable {
  readonly count: number;
  readonly kind: Uint8Array;
  /** Index of the enclosing container; -1 for the root. */
  readonly parent: Int32Array;
  /** As `LeafTable.slot`, for the container itself inside its parent; -1 for the root. */
  readonly slot: Int32Array;
}

export const STRING_LEAF = 0;
export const NUMBER_LEAF = 1;
export const KEY_LEAF = 2;

export const OBJECT_CONTAINER = 0;
export const ARRAY_CONTAINER = 1;

/** The leaf content holds a backslash. */
export const HAS_ESCAPE = 1;
/** The leaf content holds a `\u` escape, which can spell any character. */
export const HAS_UNICODE_ESCAPE = 2;
/** The leaf content holds a byte of 0x80 or above. */
export const HAS_NON_ASCII = 4;
/** A number with a fraction or an exponent. */
export const HAS_FRACTION_OR_EXPONENT = 8;
/** The leaf content spells a backslash, and so perhaps an escape of JSON in a string. */
export const HAS_ESCAPED_BACKSLASH = 16;

export type LeafKind = "value" | "number" | "key";

/** One step of a path: an object key (decoded) or an array index. */
export type PathStep = string | number;
