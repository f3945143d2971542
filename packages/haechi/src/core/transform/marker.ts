import type { Envelope } from "../crypto/envelope.ts";
import type { EntityType } from "../detect/entity-type.ts";
import type { JsonDocument } from "../document/json-document.ts";
import { memberValues } from "../document/member.ts";
import { tokenize } from "../document/tokenize.ts";
import { isHaechiError } from "../errors.ts";
import { decodeBase64url, encodeBase64url } from "./base64url.ts";

// The grammar of markers (specs/markers.md): all ASCII, and no bracket inside, so
// that the first `]` ends a marker and a `[` inside means that it was none.
export const TOKEN_MARKER_START = "[TOKEN:";
export const MARKER_END = "]";
const REDACTED_MARKER = /^\[REDACTED:([a-z0-9_]+)\]$/;
const TOKEN_MARKER = /^\[TOKEN:([^[\]]+)\]$/;
const ENCRYPTED_MARKER = /^\[HAECHI_ENC:([\w-]+)\]$/;

/** `[REDACTED:type]`. */
export function writeRedactedMarker(entityType: EntityType): string {
  return `[REDACTED:${entityType}]`;
}

/** The entity type in a redacted marker; null when the text is not exactly one. */
export function readRedactedMarker(text: string): EntityType | null {
  return REDACTED_MARKER.exec(text)?.[1] ?? null;
}

/** `[TOKEN:id]`. */
export function writeTokenMarker(tokenId: string): string {
  return TOKEN_MARKER_START + tokenId + MARKER_END;
}

/** The token id in a token marker; null when the text is not exactly one. */
export function readTokenMarker(text: string): string | null {
  return TOKEN_MARKER.exec(text)?.[1] ?? null;
}

/** `[HAECHI_ENC:…]` around the envelope: base64url of its JSON. */
export function writeEncryptedMarker(envelope: Envelope): string {
  return `[HAECHI_ENC:${encodeBase64url(utf8Encoder.encode(JSON.stringify(envelope)))}]`;
}

/** The envelope in an encrypted marker; null when the text is not exactly one. Only opening it proves it genuine. */
export function readEncryptedMarker(text: string): Envelope | null {
  const encoded = ENCRYPTED_MARKER.exec(text)?.[1];
  const bytes = encoded === undefined ? null : decodeBase64url(encoded);
  return bytes === null ? null : readEnvelope(bytes);
}

const utf8Encoder = new TextEncoder();

// Read from our own tables and not with `JSON.parse`, for the reason that `memberValues` gives.
function readEnvelope(bytes: Uint8Array): Envelope | null {
  const document = readObject(bytes);
  if (document === null) return null;
  const texts = new Map<string, string>();
  for (const name of [...REQUIRED_TEXTS, ...OPTIONAL_TEXTS]) {
    const values = memberValues(document, name);
    if (values.length === 0) continue;
    if (values.length > 1 || values[0]?.kind !== "string") return null;
    texts.set(name, values[0].text);
  }
  const isComplete = REQUIRED_TEXTS.every((name) => texts.has(name)) && texts.get("alg") === "AES-256-GCM";
  const version = readVersion(document);
  const encoding = texts.get("aadEncoding") ?? "nfkc-json-v2";
  if (!isComplete || version === null || encoding !== "nfkc-json-v2") return null;
  // All members that an envelope must have are there, and those it may have are of their types.
  return { v: version, ...Object.fromEntries(texts) } as unknown as Envelope;
}

const REQUIRED_TEXTS = ["alg", "kid", "iv", "ct", "tag"] as const;
const OPTIONAL_TEXTS = ["salt", "aadHash", "aadEncoding", "createdAt", "expiresAt", "wrappedKey"] as const;

function readObject(bytes: Uint8Array): JsonDocument | null {
  try {
    return tokenize(bytes, { depthMax: 1 });
  } catch (error) {
    // Not JSON: somebody wrote something that looks like a marker.
    if (isHaechiError(error)) return null;
    throw error;
  }
}

function readVersion(document: JsonDocument): Envelope["v"] | null {
  const values = memberValues(document, "v");
  if (values.length !== 1 || values[0]?.kind !== "number") return null;
  if (values[0].text === "1") return 1;
  return values[0].text === "2" ? 2 : null;
}
