import { isUtf8 } from "node:buffer";
import { HaechiError } from "../errors.ts";
import {
  ARRAY_CONTAINER,
  HAS_ESCAPE,
  HAS_FRACTION_OR_EXPONENT,
  HAS_NON_ASCII,
  HAS_UNICODE_ESCAPE,
  type JsonDocument,
  KEY_LEAF,
  NUMBER_LEAF,
  OBJECT_CONTAINER,
  STRING_LEAF,
} from "./json-document.ts";
import { ContainerTableBuilder, LeafTableBuilder } from "./table-builder.ts";

/**
 * Reads a JSON text (RFC 8259) in one pass into the places of its leaves. What it
 * accepts is what `JSON.parse` accepts of the decoded text; a byte order mark,
 * ill-formed UTF-8 and an empty text are refused (RFC 8259 §8.1). A document with
 * more than `depthMax` containers inside one another is refused.
 */
export function tokenize(bytes: Uint8Array, limits: { readonly depthMax: number }): JsonDocument {
  if (bytes.length > OFFSET_MAX) throw new HaechiError("DOCUMENT_TOO_LARGE", "document is 2 GiB or larger");
  if (!isUtf8(bytes)) throw new HaechiError("DOCUMENT_NOT_UTF8", "document is not well-formed UTF-8");
  leaves.clear();
  containers.clear();
  readDocument(new JsonSource(bytes), limits.depthMax);
  return { bytes, format: "json", leaves: leaves.build(), containers: containers.build() };
}

// Offsets are kept in Int32Array columns.
const OFFSET_MAX = 0x7fff_ffff;

// One document is read at a time, from start to end without yielding, so all share
// the scratch. It holds offsets only, never content.
const leaves = new LeafTableBuilder();
const containers = new ContainerTableBuilder();

// The innermost open container and the place in it are the whole state: closing a
// container takes both back from its row in the table, so no stack is needed and
// depth costs nothing.
function readDocument(source: JsonSource, depthMax: number): void {
  let container = -1;
  let inObject = false;
  let slot = -1;
  let depth = 0;
  let at = source.skipSpace(0);

  reading: for (;;) {
    // Here a value starts.
    const first = source.byteAt(at);
    if (first === QUOTE) {
      const end = source.stringEnd(at + 1);
      leaves.add(STRING_LEAF, at + 1, end, source.flags, container, slot);
      at = source.skipSpace(end + 1);
    } else if (first === OPEN_BRACE || first === OPEN_BRACKET) {
      depth++;
      if (depth > depthMax) throw tooDeep(depthMax);
      inObject = first === OPEN_BRACE;
      containers.add(inObject ? OBJECT_CONTAINER : ARRAY_CONTAINER, container, slot);
      container = containers.count - 1;
      at = source.skipSpace(at + 1);
      if (!inObject) {
        slot = 0;
        if (source.byteAt(at) !== CLOSE_BRACKET) continue;
      } else if (source.byteAt(at) !== CLOSE_BRACE) {
        slot = leaves.count;
        at = readKey(source, at, container);
        continue;
      }
    } else if (first === MINUS || isDigit(first)) {
      const end = source.numberEnd(at);
      leaves.add(NUMBER_LEAF, at, end, source.flags, container, slot);
      at = source.skipSpace(end);
    } else {
      at = source.skipSpace(source.literalEnd(at));
    }

    // Here a value has ended, or an empty container stands before its bracket.
    for (;;) {
      if (container === -1) {
        if (at < source.length) throw notJson(at);
        return;
      }
      const next = source.byteAt(at);
      if (next === COMMA) {
        at = source.skipSpace(at + 1);
        if (inObject) {
          slot = leaves.count;
          at = readKey(source, at, container);
        } else {
          slot++;
        }
        continue reading;
      }
      if (next !== (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) throw notJson(at);
      slot = containers.slotOf(container);
      container = containers.parentOf(container);
      inObject = container !== -1 && containers.kindOf(container) === OBJECT_CONTAINER;
      depth--;
      at = source.skipSpace(at + 1);
    }
  }
}

/** Reads a key and its colon; gives back where the value starts. */
function readKey(source: JsonSource, at: number, container: number): number {
  if (source.byteAt(at) !== QUOTE) throw notJson(at);
  const end = source.stringEnd(at + 1);
  leaves.add(KEY_LEAF, at + 1, end, source.flags, container, leaves.count);
  const colon = source.skipSpace(end + 1);
  if (source.byteAt(colon) !== COLON) throw notJson(colon);
  return source.skipSpace(colon + 1);
}

/** The productions of RFC 8259 below objects and arrays. Each gives back the offset past what it read. */
class JsonSource {
  readonly length: number;
  /** The `HAS_…` flags of the string or number read last. */
  flags = 0;
  readonly #bytes: Uint8Array;
  // The same memory four bytes at a time: byte `at` is part of word `(#phase + at) >> 2`.
  readonly #words: Int32Array;
  readonly #phase: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.length = bytes.length;
    this.#phase = bytes.byteOffset & 3;
    this.#words = new Int32Array(bytes.buffer, bytes.byteOffset - this.#phase, (this.#phase + bytes.length) >> 2);
  }

  byteAt(at: number): number {
    return at < this.length ? this.#bytes[at]! : END;
  }

  skipSpace(at: number): number {
    const bytes = this.#bytes;
    let past = at;
    while (past < this.length) {
      const byte = bytes[past]!;
      if (byte > SPACE || (byte !== SPACE && byte !== LINE_FEED && byte !== CARRIAGE_RETURN && byte !== TAB)) break;
      past++;
    }
    return past;
  }

  /** Offset of the closing quote of the string whose content starts at `start`. */
  stringEnd(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    let seen = 0;
    let flags = 0;
    for (;;) {
      if (((this.#phase + at) & 3) === 0) {
        const words = this.#words;
        let index = (this.#phase + at) >> 2;
        while (index < words.length) {
          const word = words[index]!;
          if (holdsSpecialByte(word)) break;
          seen |= word;
          index++;
        }
        at = (index << 2) - this.#phase;
      }
      if (at >= this.length) throw notJson(at);
      const byte = bytes[at]!;
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        flags |= HAS_ESCAPE;
        const escape = this.byteAt(at + 1);
        if (escape === LOWER_U) {
          flags |= HAS_UNICODE_ESCAPE;
          this.#requireFourHex(at + 2);
          at += 6;
        } else {
          if (!isSimpleEscape(escape)) throw notJson(at + 1);
          at += 2;
        }
      } else {
        if (byte < SPACE) throw notJson(at);
        seen |= byte;
        at++;
      }
    }
    this.flags = (seen & HIGH_BITS) === 0 ? flags : flags | HAS_NON_ASCII;
    return at;
  }

  numberEnd(start: number): number {
    let at = this.byteAt(start) === MINUS ? start + 1 : start;
    at = this.byteAt(at) === ZERO ? at + 1 : this.#digitsEnd(at);
    this.flags = 0;
    if (this.byteAt(at) === POINT) {
      this.flags = HAS_FRACTION_OR_EXPONENT;
      at = this.#digitsEnd(at + 1);
    }
    if ((this.byteAt(at) | LOWER_CASE_BIT) === LOWER_E) {
      this.flags = HAS_FRACTION_OR_EXPONENT;
      const sign = this.byteAt(at + 1);
      at = this.#digitsEnd(sign === PLUS || sign === MINUS ? at + 2 : at + 1);
    }
    return at;
  }

  literalEnd(start: number): number {
    const literal = LITERALS.find((bytes) => bytes[0] === this.byteAt(start));
    if (literal === undefined) throw notJson(start);
    for (let i = 1; i < literal.length; i++) {
      if (this.byteAt(start + i) !== literal[i]) throw notJson(start + i);
    }
    return start + literal.length;
  }

  #digitsEnd(start: number): number {
    let at = start;
    while (isDigit(this.byteAt(at))) at++;
    if (at === start) throw notJson(at);
    return at;
  }

  #requireFourHex(start: number): void {
    for (let at = start; at < start + 4; at++) {
      if (!isHexDigit(this.byteAt(at))) throw notJson(at);
    }
  }
}

const END = -1;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LOWER_E = 0x65;
const LOWER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LOWER_CASE_BIT = 0x20;

const LITERALS = ["true", "false", "null"].map((text) => new TextEncoder().encode(text));
const SIMPLE_ESCAPES = new TextEncoder().encode('"\\/bfnrt');

const HIGH_BITS = 0x8080_8080 | 0;
const ONES = 0x0101_0101;
const SPACES = SPACE * ONES;
const QUOTES = QUOTE * ONES;
const BACKSLASHES = BACKSLASH * ONES;

// True when one of the four bytes is a quote, a backslash or a control. Taking the
// bound away from each byte borrows into its high bit exactly when the byte lies
// below it; a byte of 0x80 or above is masked out. A borrow that runs on into the
// next byte can only report too much there, and the caller looks at single bytes.
function holdsSpecialByte(word: number): boolean {
  const below = (word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES);
  return (below & ~word & HIGH_BITS) !== 0;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}

function isHexDigit(byte: number): boolean {
  const lower = byte | LOWER_CASE_BIT;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

function isSimpleEscape(byte: number): boolean {
  return SIMPLE_ESCAPES.includes(byte);
}

function notJson(at: number): HaechiError {
  return new HaechiError("DOCUMENT_NOT_JSON", `document is not JSON at byte ${at}`);
}

function tooDeep(depthMax: number): HaechiError {
  return new HaechiError("DOCUMENT_TOO_DEEP", `document is nested deeper than ${depthMax}`);
}
