import { isUtf8 } from "node:buffer";
import type { JsonDocument } from "../../core/document/json-document.ts";
import { memberDocument, textDocument } from "../../core/document/text-document.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import type { Part } from "../../engine/inspect-part.ts";
import { type BodyParts, type BodyStretch, stretchedBody } from "./body-parts.ts";
import { decodeFormText } from "./percent-encoding.ts";

/** Names and values in one form. */
const FIELDS_MAX = 1000;

/**
 * Reads `application/x-www-form-urlencoded` (WHATWG URL). Names and values are inspected decoded; one that is
 * replaced is encoded anew, all others stay as they are.
 * @throws HaechiError DOCUMENT_NOT_UTF8, REQUEST_BODY_MALFORMED
 */
export function formBody(body: Uint8Array, haechi: Haechi): BodyParts {
  if (!isUtf8(body)) throw new HaechiError("DOCUMENT_NOT_UTF8", "The form is not UTF-8");
  const stretches: BodyStretch[] = [];
  const fields: FormField[] = [];
  for (let start = 0; start < body.length; ) {
    const end = indexOr(body, AMPERSAND, start, body.length);
    const nameEnd = indexOr(body, EQUALS, start, end);
    const name = decodeFormText(utf8.decode(body.subarray(start, nameEnd)));
    const value = nameEnd < end ? decodeFormText(utf8.decode(body.subarray(nameEnd + 1, end))) : "";
    if (name !== "") stretches.push(nameStretch(name, start, nameEnd));
    if (value !== "") stretches.push(valueStretch(name, value, nameEnd + 1, end));
    if (end > start) fields.push([name, value]);
    if (fields.length > FIELDS_MAX) throw new HaechiError("REQUEST_BODY_MALFORMED", "The form has too many fields");
    start = end + 1;
  }
  return stretchedBody(body, stretches, formMembers(fields, haechi));
}

/** A field of a form; `document` is JSON, which a text is not. */
export type FormField = readonly [name: string, value: string | { readonly document: string }];

/** The fields of a form as a document, so that what a request asks for is read from it as from any other. */
export function formMembers(fields: readonly FormField[], haechi: Haechi): JsonDocument {
  const members = fields.map(([name, value]) => {
    const written = typeof value === "string" ? JSON.stringify(TRUTH.get(value) ?? value) : value.document;
    return `${JSON.stringify(name)}:${written}`;
  });
  return haechi.read(encoder.encode(`{${members.join(",")}}`));
}

const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const encoder = new TextEncoder();
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function indexOr(bytes: Uint8Array, byte: number, from: number, end: number): number {
  const found = bytes.subarray(from, end).indexOf(byte);
  return found === -1 ? end : from + found;
}

function nameStretch(name: string, start: number, end: number): BodyStretch {
  const document = textDocument(encoder.encode(name));
  const parts: readonly Part[] = [{ place: "body", document }];
  return { start, end, parts, assemble: ([bytes]) => (bytes === document.bytes ? null : encoded(bytes!)) };
}

function valueStretch(name: string, value: string, start: number, end: number): BodyStretch {
  const document = memberDocument(name, value);
  const nameLength = document.leaves.end[0]!;
  const parts: readonly Part[] = [{ place: "body", document, isNamed: true }];
  return {
    start,
    end,
    parts,
    assemble: ([bytes]) => (bytes === document.bytes ? null : encoded(bytes!.subarray(nameLength))),
  };
}

function encoded(bytes: Uint8Array): Uint8Array {
  return encoder.encode(encodeURIComponent(utf8.decode(bytes)));
}
