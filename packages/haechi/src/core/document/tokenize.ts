import { isUtf8 } from "node:buffer";
import { HaechiError } from "../errors.ts";
import {
  ARRAY_CONTAINER,
  type JsonDocument,
  KEY_LEAF,
  NUMBER_LEAF,
  OBJECT_CONTAINER,
  STRING_LEAF,
} from "./json-document.ts";
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  END,
  isDigit,
  JsonSource,
  MINUS,
  notJson,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from "./json-source.ts";
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
  let at = 0;
  let keyIsNext = false;

  reading: for (;;) {
    // Here a key or a value starts.
    at = source.skipSpace(at);
    const first = source.byteAt(at);
    if (first === QUOTE) {
      const start = at + 1;
      at = source.stringEnd(start);
      if (keyIsNext) slot = leaves.count;
      leaves.add(keyIsNext ? KEY_LEAF : STRING_LEAF, start, at, source.flags, container, slot);
      at++;
      if (keyIsNext) {
        at = source.skipSpace(at);
        if (source.byteAt(at) !== COLON) throw notJson(at);
        at++;
        keyIsNext = false;
        continue;
      }
    } else if (keyIsNext) {
      throw notJson(at);
    } else if (first === OPEN_BRACE || first === OPEN_BRACKET) {
      depth++;
      if (depth > depthMax) throw tooDeep(depthMax);
      inObject = first === OPEN_BRACE;
      containers.add(inObject ? OBJECT_CONTAINER : ARRAY_CONTAINER, container, slot);
      container = containers.count - 1;
      slot = 0;
      at = source.skipSpace(at + 1);
      if (source.byteAt(at) !== (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) {
        keyIsNext = inObject;
        continue;
      }
    } else if (first === MINUS || isDigit(first)) {
      const start = at;
      at = source.numberEnd(start);
      leaves.add(NUMBER_LEAF, start, at, source.flags, container, slot);
    } else {
      at = source.literalEnd(at);
    }

    // Here a value has ended, or an empty container stands before its bracket.
    for (;;) {
      at = source.skipSpace(at);
      const next = source.byteAt(at);
      if (container === -1) {
        if (next !== END) throw notJson(at);
        return;
      }
      if (next === COMMA) {
        at++;
        keyIsNext = inObject;
        slot++;
        continue reading;
      }
      if (next !== (inObject ? CLOSE_BRACE : CLOSE_BRACKET)) throw notJson(at);
      slot = containers.slotOf(container);
      container = containers.parentOf(container);
      inObject = container !== -1 && containers.kindOf(container) === OBJECT_CONTAINER;
      depth--;
      at++;
    }
  }
}

function tooDeep(depthMax: number): HaechiError {
  return new HaechiError("DOCUMENT_TOO_DEEP", `document is nested deeper than ${depthMax}`);
}
