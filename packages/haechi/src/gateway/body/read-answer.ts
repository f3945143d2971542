import { knownMediaKind, mediaKindOf } from "../../core/document/media.ts";
import type { HaechiError } from "../../core/errors.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import type { Route } from "../../protocols/protocol.ts";
import { copiesOf, fieldsOf } from "../flow/route-fields.ts";
import { type HeaderList, headerValues } from "../headers/header-list.ts";
import { type BodyParts, NO_TEXT, wholeBody } from "./body-parts.ts";
import { type BodyType, bodyType } from "./body-type.ts";
import { codingsOf, decodeContent } from "./content-coding.ts";
import { readContent } from "./read-content.ts";

/** What is needed to read a response. */
export interface AnswerRules {
  readonly haechi: Haechi;
  readonly route: Route;
  /** Text is read also on routes that do not answer with text. */
  readonly readsText: boolean;
}

/**
 * The content of a response without its codings; null when it has one that cannot be undone.
 * @throws HaechiError DOCUMENT_TOO_LARGE past `bytesMax`
 */
export async function decodeAnswer(
  headers: HeaderList,
  body: Uint8Array,
  bytesMax: number,
): Promise<Uint8Array | null> {
  const codings = codingsOf(headerValues(headers, "content-encoding"));
  if (codings === null) return null;
  try {
    return await decodeContent(body, codings, bytesMax);
  } catch (error) {
    if (isHaechiError(error, "REQUEST_BODY_MALFORMED")) return null;
    throw error;
  }
}

/**
 * Reads a response by its type and by what its route answers with; null for a form that is not expected there.
 * @throws HaechiError for content that is not what its type says
 */
export function readAnswer(content: Uint8Array, headers: HeaderList, rules: AnswerRules): BodyParts | null {
  const types = headerValues(headers, "content-type");
  const type = answerType(types);
  if (type.kind === "json")
    return wholeBody(rules.haechi.read(content), fieldsOf(rules.route.response), copiesOf(rules.route));
  if (type.kind === "lines") return readContent(content, type, rules.route.response, rules.haechi);
  const answers = rules.route.answers ?? [];
  const mayBeText = rules.readsText || answers.includes("text");
  if (type.kind === "text") return mayBeText ? readText(content, rules) : null;
  if (types.length !== 1 || !(answers.length > 0 || MEDIA.test(types[0]!))) return null;
  const media = mediaKindOf(content, types[0]);
  if (media === null) return mayBeText ? readText(content, rules) : null;
  if (!answers.includes("media") && !(rules.readsText && knownMediaKind(content) !== null)) return null;
  return { members: null, parts: [{ place: "body", document: NO_TEXT, media }], assemble: () => content };
}

const MEDIA = /^\s*(?:image|audio|video)\//i;

/** A response without a type is nothing that is known; parameters of JSON say nothing else of it. */
function answerType(values: readonly string[]): BodyType {
  if (values.length === 0) return { kind: "unsupported" };
  return /^\s*application\/json\s*(?:;|$)/i.test(values[0]!) ? { kind: "json" } : bodyType(values);
}

function readText(content: Uint8Array, { route, haechi }: AnswerRules): BodyParts {
  return readContent(content, { kind: "text" }, route.response, haechi);
}

/** True for errors that say what a content is not. */
export function isUnreadable(error: unknown): error is HaechiError {
  return isHaechiError(error) && UNREADABLE.has(error.code);
}

const UNREADABLE: ReadonlySet<string> = new Set([
  "DOCUMENT_NOT_JSON",
  "DOCUMENT_NOT_UTF8",
  "DOCUMENT_TOO_DEEP",
  "DOCUMENT_TOO_LARGE",
]);
