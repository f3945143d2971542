import { isAscii, isUtf8 } from "node:buffer";
import { HaechiError } from "../errors.ts";
import { HAS_NON_ASCII, type JsonDocument, KEY_LEAF, OBJECT_CONTAINER, STRING_LEAF } from "./json-document.ts";

/** Plain text as a document of one leaf, which spans all bytes and is literal: a backslash escapes nothing. */
export function textDocument(bytes: Uint8Array): JsonDocument {
  if (!isUtf8(bytes)) throw new HaechiError("DOCUMENT_NOT_UTF8", "document is not well-formed UTF-8");
  return {
    bytes,
    format: "text",
    leaves: {
      count: 1,
      kind: Uint8Array.of(STRING_LEAF),
      start: Int32Array.of(0),
      end: Int32Array.of(bytes.length),
      flags: Uint8Array.of(isAscii(bytes) ? 0 : HAS_NON_ASCII),
      container: Int32Array.of(-1),
      slot: Int32Array.of(-1),
    },
    containers: { count: 0, kind: new Uint8Array(0), parent: new Int32Array(0), slot: new Int32Array(0) },
  };
}

/** Plain text as the value of the one member of an object, under a key that is literal text too; both well-formed. */
export function memberDocument(key: string, value: string): JsonDocument {
  const keyEnd = utf8.encode(key).length;
  const bytes = utf8.encode(key + value);
  const flags = isAscii(bytes) ? 0 : HAS_NON_ASCII;
  return {
    bytes,
    format: "text",
    leaves: {
      count: 2,
      kind: Uint8Array.of(KEY_LEAF, STRING_LEAF),
      start: Int32Array.of(0, keyEnd),
      end: Int32Array.of(keyEnd, bytes.length),
      flags: Uint8Array.of(flags, flags),
      container: Int32Array.of(0, 0),
      slot: Int32Array.of(0, 0),
    },
    containers: {
      count: 1,
      kind: Uint8Array.of(OBJECT_CONTAINER),
      parent: Int32Array.of(-1),
      slot: Int32Array.of(-1),
    },
  };
}

const utf8 = new TextEncoder();
