/** What a content type says about a body. */
export type BodyType =
  | { readonly kind: "json" | "lines" | "text" | "form" | "unsupported" }
  | { readonly kind: "multipart"; readonly boundary: string }
  /** Data of this type; what it is, the data says. */
  | { readonly kind: "media"; readonly type: string };

/**
 * Reads the Content-Type values of a message; a body without a type is taken for JSON. Two types are two readings
 * of one body, and so is a charset other than UTF-8: neither is supported.
 */
export function bodyType(values: readonly string[]): BodyType {
  if (values.length === 0) return { kind: "json" };
  const [value] = values as readonly [string, ...string[]];
  if (values.length > 1) return UNSUPPORTED;
  // What nearly every request says.
  if (value === "application/json") return { kind: "json" };
  const read = TYPE.exec(value);
  if (read === null) return UNSUPPORTED;
  const type = read.groups!.type!.toLowerCase();
  const parameters = parametersOf(read.groups!.parameters!);
  if (parameters === null) return UNSUPPORTED;
  const boundary = parameters.get("boundary");
  if (MULTIPART_TYPES.has(type)) {
    return boundary === undefined || !BOUNDARY.test(boundary) ? UNSUPPORTED : { kind: "multipart", boundary };
  }
  if (boundary !== undefined || !UTF8.has(parameters.get("charset")?.toLowerCase() ?? "utf-8")) return UNSUPPORTED;
  if (JSON_TYPE.test(type)) return { kind: "json" };
  if (LINES_TYPES.has(type)) return { kind: "lines" };
  if (type === "application/x-www-form-urlencoded") return { kind: "form" };
  if (type.startsWith("text/") || TEXT_TYPES.has(type)) return { kind: "text" };
  return MEDIA_TYPE.test(type) ? { kind: "media", type } : UNSUPPORTED;
}

/** True for types that say that the content is text, whatever it looks like. */
export function isTextType(type: BodyType): boolean {
  return type.kind === "json" || type.kind === "lines" || type.kind === "text";
}

const UNSUPPORTED: BodyType = { kind: "unsupported" };

// RFC 9110 §8.3.1, with an empty last parameter, as some send it.
const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const TYPE = new RegExp(
  `^\\s*(?<type>${TOKEN}/${TOKEN})(?<parameters>(?:\\s*;\\s*${TOKEN}\\s*=\\s*(?:${TOKEN}|"[^"\\\\]*"))*)(?:\\s*;)?\\s*$`,
);
const PARAMETER = new RegExp(`(${TOKEN})\\s*=\\s*(${TOKEN}|"[^"]*")`, "g");

/** Only parameters that say how to read the body; others could say anything. Null for them, and for one given twice. */
function parametersOf(text: string): ReadonlyMap<string, string> | null {
  const parameters = new Map<string, string>();
  for (const [, name, value] of text.matchAll(PARAMETER)) {
    const known = name!.toLowerCase();
    if ((known !== "charset" && known !== "boundary") || parameters.has(known)) return null;
    parameters.set(known, value!.startsWith('"') ? value!.slice(1, -1).trim() : value!);
  }
  return parameters;
}

/** RFC 2046 §5.1.1. */
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/;
const UTF8: ReadonlySet<string> = new Set(["utf-8", "utf8", "us-ascii"]);
// RFC 8259 §11 and RFC 6839 §3.1.
const JSON_TYPE = /^(?:application|text)\/(?:[\w.!#$&^-]+\+)?json$/;
const MULTIPART_TYPES: ReadonlySet<string> = new Set(["multipart/form-data", "multipart/related"]);
const LINES_TYPES: ReadonlySet<string> = new Set([
  "application/jsonl",
  "application/jsonlines",
  "application/json-lines",
  "application/ndjson",
  "application/x-jsonl",
  "application/x-jsonlines",
  "application/x-ndjson",
]);
const TEXT_TYPES: ReadonlySet<string> = new Set(["application/x-subrip", "application/xml", "image/svg+xml"]);
const MEDIA_TYPE = /^(?:image|audio|video)\/|^application\/(?:octet-stream|pdf)$/;
