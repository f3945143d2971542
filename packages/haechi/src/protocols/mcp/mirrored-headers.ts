import { compilePlaceRules } from "../../core/document/field-rules.ts";
import { type JsonDocument, NUMBER_LEAF } from "../../core/document/json-document.ts";
import { leafText } from "../../core/document/leaf.ts";
import { pathOf } from "../fields.ts";

/** A header that says what leaves of the message say too. */
export interface MirroredHeader {
  /** Of its value in the flat list. */
  readonly index: number;
  readonly leaves: readonly number[];
}

/**
 * The headers in which a client of revision 2026-07-28 says again what stands in its message: the method, what it is
 * about, and arguments that a tool wants to be told there. Which argument a header repeats is known to the tool alone,
 * so it is told by the value; a header that says something else than the message is none.
 * @param headers flat, lower-case names
 */
export function findMirroredHeaders(headers: readonly string[], document: JsonDocument): readonly MirroredHeader[] {
  const mirrored: MirroredHeader[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const places = MIRRORS[headers[at]!] ?? (headers[at]!.startsWith(PARAMETER) ? ARGUMENTS : undefined);
    if (places === undefined) continue;
    const said = decodeHeaderText(headers[at + 1]!);
    const leaves = places
      .keysIn(document)
      .map((key) => key + 1)
      .filter((leaf) => document.leaves.slot[leaf] === leaf - 1 && says(document, leaf, said));
    if (leaves.length > 0) mirrored.push({ index: at + 1, leaves });
  }
  return mirrored;
}

/**
 * The headers as they repeat the message that takes the place of another one; null where one repeated several members
 * that are not alike any more.
 */
export function withMirroredHeaders(
  headers: readonly string[],
  mirrored: readonly MirroredHeader[],
  changed: JsonDocument,
): readonly string[] | null {
  const rewritten = [...headers];
  for (const { index, leaves } of mirrored) {
    const [text, ...others] = new Set(leaves.map((leaf) => leafText(changed, leaf)));
    if (others.length > 0) return null;
    // A number may be spelled in more than one way.
    if (text !== decodeHeaderText(headers[index]!)) rewritten[index] = encodeHeaderText(text!);
  }
  return rewritten;
}

/** The headers of that revision, and of those before it, which a server is told. */
export function isMcpHeader(name: string): boolean {
  return HEADERS.has(name) || name.startsWith(PARAMETER);
}

const HEADERS: ReadonlySet<string> = new Set([
  "last-event-id",
  "mcp-method",
  "mcp-name",
  "mcp-protocol-version",
  "mcp-session-id",
]);

const PARAMETER = "mcp-param-";

function placesOf(...paths: readonly string[]) {
  return compilePlaceRules(paths.map((path) => ({ path: pathOf(path), holds: "mirrored" as const })));
}

const ARGUMENTS = placesOf("params.arguments.**");
const MIRRORS: Readonly<Record<string, ReturnType<typeof placesOf>>> = {
  "mcp-method": placesOf("method"),
  "mcp-name": placesOf("params.name", "params.uri", "params.taskId"),
};

function says(document: JsonDocument, leaf: number, text: string): boolean {
  const own = leafText(document, leaf);
  if (own === text) return true;
  return document.leaves.kind[leaf] === NUMBER_LEAF && PLAIN_NUMBER.test(text) && Number(own) === Number(text);
}

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/** What a value says: base64 of UTF-8 where it is marked as that, itself otherwise. */
export function decodeHeaderText(value: string): string {
  const digits = ENCODED.exec(value)?.[1];
  return digits === undefined ? value : utf8.decode(Uint8Array.from(atob(digits), (digit) => digit.charCodeAt(0)));
}

function encodeHeaderText(text: string): string {
  if (PLAIN.test(text) && !ENCODED_LIKE.test(text)) return text;
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return `=?base64?${btoa(bytes)}?=`;
}

const ENCODED = /^=\?base64\?((?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?)\?=$/;
/** What stands for itself must not look as if it did not. */
const ENCODED_LIKE = /^=\?base64\?.*\?=$/;
/** What a field value may hold, without white space at its ends, which a parser takes away (RFC 9110 §5.5). */
const PLAIN = /^[!-~](?:[ -~\t]*[!-~])?$/;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
