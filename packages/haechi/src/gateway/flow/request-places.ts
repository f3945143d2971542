import { memberDocument, textDocument } from "../../core/document/text-document.ts";
import type { Part } from "../../engine/protect-document.ts";
import type { Route } from "../../protocols/protocol.ts";
import { decodeFormText, decodePercent } from "../body/percent-encoding.ts";
import { headerSaying, headerText } from "../headers/header-text.ts";

/**
 * The texts of a request outside its body: path segments, query names and values,
 * and forwarded headers. Each is inspected like the body, in its decoded form.
 */
export interface RequestPlaces {
  /** All texts in one, a line each: quick to look through, and rarely of interest. */
  readonly joined: string;
  /** Each text as a part of its own. */
  parts(): Part[];
  /** The request target with other texts in the places of the parts. */
  targetWith(texts: readonly Uint8Array[]): string;
  /** The header list with other texts in the places of the parts. */
  headersWith(texts: readonly Uint8Array[]): readonly string[];
}

const encoder = new TextEncoder();
// A byte order mark is a character like any other here.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Headers that are not looked into: the client's credentials for the provider, and what was read as the form of
 * the body and has room for nothing else.
 */
const UNREAD_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "x-api-key",
  "x-goog-api-key",
  "api-key",
  "content-type",
  "content-encoding",
]);

interface Place {
  readonly place: "path" | "query" | "header";
  readonly text: string;
  /** What the text is called, as the value of a query parameter is; inspected itself as a text of its own. */
  readonly name: string;
  /** Where it stands in the target; for a header its index in the list. */
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the texts of a target in origin-form and of a flat header list. The path of a
 * known route is a constant of ours and no text of the client's.
 * @param credentialParameters query parameters that carry the provider's credential
 */
export function findRequestPlaces(
  target: string,
  route: Route,
  headers: readonly string[],
  credentialParameters: readonly string[],
): RequestPlaces {
  const places: Place[] = target === route.path ? [] : [...targetPlaces(target, credentialParameters)];
  for (let index = 0; index < headers.length; index += 2) {
    if (UNREAD_HEADERS.has(headers[index]!)) continue;
    places.push({ place: "header", name: "", text: headerText(headers[index + 1]!), start: index + 1, end: index + 2 });
  }
  return {
    joined: places.map(({ name, text }) => (name === "" ? text : `${name}=${text}`)).join("\n"),
    parts: () => places.map(partOf),
    targetWith(texts) {
      let changed = "";
      let copied = 0;
      places.forEach(({ place, name, text, start, end }, index) => {
        const replaced = place === "header" ? text : textIn(texts[index]!, name);
        if (replaced === text) return;
        changed += target.slice(copied, start) + encodeURIComponent(replaced);
        copied = end;
      });
      return changed + target.slice(copied);
    },
    headersWith(texts) {
      const changed = [...headers];
      places.forEach(({ place, start }, index) => {
        if (place === "header") changed[start] = headerSaying(decoder.decode(texts[index]), changed[start]!);
      });
      return changed;
    },
  };
}

function partOf({ place, name, text }: Place): Part {
  if (name === "") return { place, document: textDocument(encoder.encode(text)) };
  return { place, document: memberDocument(name, text), isNamed: true };
}

/** What stands behind the name in the bytes of a part. */
function textIn(bytes: Uint8Array, name: string): string {
  return decoder.decode(bytes.subarray(encoder.encode(name).length));
}

function* targetPlaces(target: string, credentialParameters: readonly string[]): Generator<Place> {
  const queryStart = target.indexOf("?");
  const pathEnd = queryStart < 0 ? target.length : queryStart;
  for (const [start, end] of pieces(target, 1, pathEnd, "/")) yield placeAt(target, "path", start, end);
  if (queryStart < 0) return;
  for (const [start, end] of pieces(target, queryStart + 1, target.length, "&")) {
    const equals = target.indexOf("=", start);
    const nameEnd = equals < 0 || equals > end ? end : equals;
    const name = placeAt(target, "query", start, nameEnd);
    if (credentialParameters.includes(name.text)) continue;
    yield name;
    if (nameEnd < end) yield placeAt(target, "query", nameEnd + 1, end, name.text);
  }
}

function* pieces(text: string, from: number, to: number, separator: string): Generator<[start: number, end: number]> {
  for (let start = from; start < to; ) {
    const found = text.indexOf(separator, start);
    const end = found < 0 || found > to ? to : found;
    if (end > start) yield [start, end];
    start = end + 1;
  }
}

function placeAt(target: string, place: "path" | "query", start: number, end: number, name = ""): Place {
  const written = target.slice(start, end);
  return { place, name, start, end, text: place === "query" ? decodeFormText(written) : decodePercent(written) };
}
