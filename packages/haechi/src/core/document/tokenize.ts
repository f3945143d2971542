import { isUtf8 } from "node:buffer";
import { HaechiError } from "../errors.ts";
import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from "./json-bytes.ts";
import {
  ARRAY_CONTAINER,
  type JsonDocument,
  KEY_LEAF,
  NUMBER_LEAF,
  OBJECT_CONTAINER,
  STRING_LEAF,
} from "./json-document.ts";
import { END, isDigit, JsonSource, MINUS, notJson, SPACE } from "./json-source.ts";
import { ContainerRows, LeafRows } from "./table-builder.ts";

/**
 * Reads a JSON text (RFC 8259) in one pass into the places of its leaves. What it
 * accepts is what `JSON.parse` accepts of the decoded text; a byte order mark,
 * ill-formed UTF-8 and an empty text are refused (RFC 8259 §8.1). A document with
 * more than `depthMax` containers inside one another is refused.
 */
export function tokenize(bytes: Uint8Array, limits: { readonly depthMax: number }): JsonDocument {
  if (bytes.length > OFFSET_MAX) throw new HaechiError("DOCUMENT_TOO_LARGE", "document is 2 GiB or larger");
  if (!isUtf8(bytes)) throw new HaechiError("DOCUMENT_NOT_UTF8", "document is not well-formed UTF-8");
  return tokenizeUtf8(bytes, limits);
}

/** As `tokenize`, of fewer than 2 GiB that are known to be well-formed UTF-8. */
export function tokenizeUtf8(bytes: Uint8Array, { depthMax }: { readonly depthMax: number }): JsonDocument {
  const reading = new Reading(bytes);
  try {
    while (!readOn(reading, depthMax)) makeRoom(reading);
    const leaves = leafRows.build(reading.leafCount);
    const containers = containerRows.build(reading.containerCount);
    return { bytes, format: "json", leaves, containers };
  } finally {
    leafRows.shrink();
    containerRows.shrink();
  }
}

// Offsets are kept in Int32Array columns.
const OFFSET_MAX = 0x7fff_ffff;

// One document is read at a time, from start to end without yielding, so all share
// the scratch. It holds offsets only, never content.
const leafRows = new LeafRows();
const containerRows = new ContainerRows();

/**
 * How far a document has been read, to where a key or a value starts. The innermost open container and the
 * place in it are all that is open: closing a container takes both back from its row in the table, so no
 * stack is needed and depth costs nothing.
 */
class Reading {
  readonly source: JsonSource;
  at = 0;
  leafCount = 0;
  containerCount = 0;
  inside = -1;
  place = -1;
  depth = 0;
  keyIsNext = false;

  constructor(bytes: Uint8Array) {
    this.source = new JsonSource(bytes);
  }
}

function makeRoom({ leafCount, containerCount }: Reading): void {
  if (leafCount === leafRows.kind.length) leafRows.grow();
  if (containerCount === containerRows.kind.length) containerRows.grow();
}

/**
 * Reads on to the end, or to where there is no room for a row: then it is false. What nearly every byte of
 * a body goes through stands in this one function with its tables at hand, as a call for each leaf would take
 * longer than the leaf. All else is a production of `JsonSource`.
 */
function readOn(reading: Reading, depthMax: number): boolean {
  const { source } = reading;
  const { bytes } = source;
  const length = bytes.length | 0;
  const { kind, start, end, flags, container, slot } = leafRows;
  const leafRoom = Math.min(kind.length, start.length, end.length, flags.length, container.length, slot.length) | 0;
  const { kind: containerKind, parent, slot: containerSlot } = containerRows;
  const containerRoom = Math.min(containerKind.length, parent.length, containerSlot.length) | 0;
  let at = reading.at | 0;
  let leaf = reading.leafCount | 0;
  let opened = reading.containerCount | 0;
  let inside = reading.inside | 0;
  let inObject = inside !== -1 && containerKind[inside] === OBJECT_CONTAINER;
  let place = reading.place | 0;
  let depth = reading.depth | 0;
  let keyIsNext = reading.keyIsNext;

  next: for (;;) {
    // Here a key or a value starts.
    if (leaf === leafRoom || opened === containerRoom) {
      reading.at = at;
      reading.leafCount = leaf;
      reading.containerCount = opened;
      reading.inside = inside;
      reading.place = place;
      reading.depth = depth;
      reading.keyIsNext = keyIsNext;
      return false;
    }
    let byte = at < length ? bytes[at]! : END;
    if (byte <= SPACE) {
      at = source.skipSpace(at) | 0;
      byte = at < length ? bytes[at]! : END;
    }
    if (byte === QUOTE) {
      const first = at + 1;
      at = source.stringEnd(first) | 0;
      start[leaf] = first;
      end[leaf] = at;
      flags[leaf] = source.flags;
      container[leaf] = inside;
      at++;
      if (keyIsNext) {
        place = leaf;
        kind[leaf] = KEY_LEAF;
        slot[leaf] = leaf;
        leaf++;
        if ((at < length ? bytes[at]! : END) !== COLON) {
          at = source.skipSpace(at) | 0;
          if (source.byteAt(at) !== COLON) throw notJson(at);
        }
        at++;
        keyIsNext = false;
        continue;
      }
      kind[leaf] = STRING_LEAF;
      slot[leaf] = place;
      leaf++;
    } else if (keyIsNext) {
      throw notJson(at);
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
      if (depth > depthMax) throw tooDeep(depthMax);
      inObject = byte === OPEN_BRACE;
      containerKind[opened] = inObject ? OBJECT_CONTAINER : ARRAY_CONTAINER;
      parent[opened] = inside;
      containerSlot[opened] = place;
      inside = opened++;
      place = 0;
      at = source.skipSpace(at + 1) | 0;
      if (source.byteAt(at) !== (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
        keyIsNext = inObject;
        continue;
      }
    } else if (byte === MINUS || isDigit(byte)) {
      kind[leaf] = NUMBER_LEAF;
      start[leaf] = at;
      at = source.numberEnd(at) | 0;
      end[leaf] = at;
      flags[leaf] = source.flags;
      container[leaf] = inside;
      slot[leaf] = place;
      leaf++;
    } else {
      at = source.literalEnd(at) | 0;
    }

    // Here a value has ended, or an empty container stands before its bracket.
    for (;;) {
      byte = at < length ? bytes[at]! : END;
      if (byte <= SPACE) {
        at = source.skipSpace(at) | 0;
        byte = at < length ? bytes[at]! : END;
      }
      if (inside === -1) {
        if (byte !== END) throw notJson(at);
        reading.leafCount = leaf;
        reading.containerCount = opened;
        return true;
      }
      if (byte === COMMA) {
        at++;
        keyIsNext = inObject;
        place++;
        continue next;
      }
      if (byte !== (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) throw notJson(at);
      place = containerSlot[inside]!;
      inside = parent[inside]!;
      inObject = inside !== -1 && containerKind[inside] === OBJECT_CONTAINER;
      depth--;
      at++;
    }
  }
}

function tooDeep(depthMax: number): HaechiError {
  return new HaechiError("DOCUMENT_TOO_DEEP", `document is nested deeper than ${depthMax}`);
}
