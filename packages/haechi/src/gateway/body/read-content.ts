import { isUtf8 } from "node:buffer";
import { knownMediaKind, mediaKindOf } from "../../core/document/media.ts";
import { memberDocument, textDocument } from "../../core/document/text-document.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import type { FieldRule } from "../../protocols/protocol.ts";
import { fieldsOf, fieldsOfLines, fieldsUnderName } from "../flow/route-fields.ts";
import { type BodyParts, type BodyStretch, NO_TEXT, stretchedBody, wholeBody } from "./body-parts.ts";
import { type BodyType, bodyType, isTextType } from "./body-type.ts";
import { type FormField, formBody, formMembers } from "./form.ts";
import { type MultipartPart, multipartParts, type Stretch } from "./multipart.ts";

/**
 * Reads a content by its type into what is to be protected of it.
 * @throws HaechiError DOCUMENT_NOT_JSON, DOCUMENT_NOT_UTF8, DOCUMENT_TOO_DEEP, REQUEST_BODY_MALFORMED,
 * REQUEST_TYPE_UNSUPPORTED
 */
export function readContent(
  content: Uint8Array,
  type: BodyType,
  rules: readonly FieldRule[] | undefined,
  haechi: Haechi,
): BodyParts {
  switch (type.kind) {
    case "json":
      return wholeBody(haechi.read(content), fieldsOf(rules));
    case "lines":
      return wholeBody(haechi.readLines(content), fieldsOfLines(rules));
    case "text":
      return textBody(content, rules, haechi);
    case "form":
      return formBody(content, haechi);
    case "multipart":
      return multipartBody(content, type.boundary, rules, haechi);
    case "media": {
      // A server may read JSON whatever the type says, so only the data themselves can say that they are none.
      const media = knownMediaKind(content);
      if (media === null) throw unsupported();
      return { members: null, parts: [{ place: "body", document: NO_TEXT, media }], assemble: () => content };
    }
    case "unsupported":
      throw unsupported();
    default:
      return type satisfies never;
  }
}

function unsupported(): HaechiError {
  return new HaechiError("REQUEST_TYPE_UNSUPPORTED", "Bodies of this type cannot be inspected");
}

/** A text, and what it turned out to be. */
interface TextBody extends BodyParts {
  readonly form: "text" | "json" | "lines";
}

/** A text, which may well be JSON or JSON Lines, and is then read as that. */
function textBody(content: Uint8Array, rules: readonly FieldRule[] | undefined, haechi: Haechi): TextBody {
  if (OPENS_CONTAINER.test(latin1.decode(content.subarray(0, HEAD_BYTES)))) {
    const read = attempt(() => wholeBody(haechi.read(content), fieldsOf(rules)));
    if (read !== null) return { ...read, form: "json" };
    const lines = attempt(() => wholeBody(haechi.readLines(content), fieldsOfLines(rules)));
    if (lines !== null) return { ...lines, form: "lines" };
  }
  return { ...wholeBody(textDocument(content)), form: "text" };
}

const OPENS_CONTAINER = /^\s*[{[]/;
const HEAD_BYTES = 1024;
const latin1 = new TextDecoder("latin1");

function attempt(read: () => BodyParts): BodyParts | null {
  try {
    return read();
  } catch (error) {
    if (isHaechiError(error, "DOCUMENT_NOT_JSON")) return null;
    throw error;
  }
}

function multipartBody(
  body: Uint8Array,
  boundary: string,
  rules: readonly FieldRule[] | undefined,
  haechi: Haechi,
): BodyParts {
  const stretches: BodyStretch[] = [];
  const fields: FormField[] = [];
  for (const part of multipartParts(body, boundary)) {
    const name = part.name === null ? "" : textOf(body, part.name);
    if (part.name !== null) stretches.push(quotedStretch(body, part.name));
    if (part.filename !== null) stretches.push(quotedStretch(body, part.filename));
    stretches.push(...part.types.map((type) => quotedStretch(body, type)));
    const content = contentStretch(body, part, name, rules, haechi);
    stretches.push(...withLength(content, part.length));
    const isField = part.filename === null && part.content.end - part.content.start <= FIELD_LENGTH_MAX;
    for (const document of content.documents) fields.push([name, { document }]);
    if (content.documents.length === 0)
      fields.push([name, isField && content.isText ? textOf(body, part.content) : ""]);
  }
  return stretchedBody(
    body,
    stretches.toSorted((a, b) => a.start - b.start),
    formMembers(fields, haechi),
  );
}

/** What says what is asked for, such as the name of a model, is short. */
const FIELD_LENGTH_MAX = 1024;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function textOf(body: Uint8Array, { start, end }: Stretch): string {
  return utf8.decode(body.subarray(start, end));
}

/** A name in quotes, or a type. What is put into it is written as browsers write it, so that it cannot end the quotes. */
function quotedStretch(body: Uint8Array, { start, end }: Stretch): BodyStretch {
  const document = textDocument(body.subarray(start, end));
  return {
    start,
    end,
    parts: [{ place: "body", document }],
    assemble: ([bytes]) =>
      bytes === document.bytes ? null : Buffer.from(utf8.decode(bytes).replaceAll(/["\r\n\\]/g, encodeURIComponent)),
  };
}

interface ContentStretch extends BodyStretch {
  readonly isText: boolean;
  /** What it says in JSON, each line for itself. */
  readonly documents: readonly string[];
}

function contentStretch(
  body: Uint8Array,
  { content: { start, end }, types, filename }: MultipartPart,
  name: string,
  rules: readonly FieldRule[] | undefined,
  haechi: Haechi,
): ContentStretch {
  const content = body.subarray(start, end);
  const typeTexts = types.map((one) => textOf(body, one));
  // A reader that goes by another charset reads another text in the same bytes.
  if (typeTexts.some((text) => OTHER_CHARSET.test(text))) throw notUtf8();
  const type = types.length === 0 ? null : bodyType(typeTexts.map((text) => text.split(";", 1)[0]!));
  const saysText =
    (type !== null && isTextType(type)) || (filename === null ? type === null : TEXT_FILE.test(textOf(body, filename)));
  const media = knownMediaKind(content) ?? (saysText ? null : mediaKindOf(content, typeTexts[0]));
  if (saysText && media === null && !isUtf8(content)) throw notUtf8();
  const place = "body" as const;
  if (media !== null) {
    const parts = [{ place, document: NO_TEXT, media }];
    return { start, end, isText: false, documents: [], parts, assemble: () => null };
  }
  if (content.length === 0) return { start, end, isText: true, documents: [], parts: [], assemble: () => null };
  const read = textBody(content, fieldsUnderName(rules, name), haechi);
  if (read.form !== "text" || name === "") {
    const { parts } = read;
    const documents = documentsIn(content, read);
    const assembleOwn = (bytes: readonly Uint8Array[]) => unlessSame(read.assemble(bytes), content);
    return { start, end, isText: false, documents, parts, assemble: assembleOwn };
  }
  const document = memberDocument(name, utf8.decode(content));
  const nameLength = document.leaves.end[0]!;
  return {
    start,
    end,
    isText: true,
    documents: [],
    parts: [{ place, document, isNamed: true }],
    assemble: ([bytes]) => (bytes === document.bytes ? null : bytes!.subarray(nameLength)),
  };
}

/** What a part says in JSON, each line for itself; none for a text. */
function documentsIn(content: Uint8Array, { form }: TextBody): readonly string[] {
  if (form === "text") return [];
  const text = utf8.decode(content);
  return form === "json" ? [text] : text.split("\n").filter((line) => line.trim() !== "");
}

/** Files whose content is text whatever type is declared, so that one in another charset is not taken for data. */
const TEXT_FILE = /\.(?:txt|md|csv|tsv|json|jsonl|ndjson|xml|html?|ya?ml|log|srt|vtt|eml)$/i;

/** But for those in which ASCII is written as in UTF-8; Java's clients name the first of them for every field. */
const OTHER_CHARSET = /;\s*charset\s*=\s*"?(?!(?:iso-8859-\d{1,2}|utf-?8|us-ascii|windows-125\d|euc-kr)"?\s*(?:;|$))/i;

function notUtf8(): HaechiError {
  return new HaechiError("DOCUMENT_NOT_UTF8", "A part that says it is text is not UTF-8");
}

function unlessSame(written: Uint8Array, content: Uint8Array): Uint8Array | null {
  return written === content ? null : written;
}

/** A part that names its own length names that of what is sent. */
function withLength(content: BodyStretch, length: Stretch | null): readonly BodyStretch[] {
  if (length === null) return [content];
  const { parts, assemble, ...place } = content;
  // Both are written from the parts of the content, which stand with whichever comes first: the length.
  let written: Uint8Array | null = null;
  return [
    {
      ...length,
      parts,
      assemble(bytes) {
        written = assemble(bytes);
        return written === null ? null : Buffer.from(String(written.length));
      },
    },
    { ...place, parts: [], assemble: () => written },
  ];
}
