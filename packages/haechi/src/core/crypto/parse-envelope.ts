import { HaechiError } from "../errors.ts";
import type { Envelope } from "./envelope.ts";

/**
 * An envelope from outside, copied member by member, each of the form its name asks
 * for. A `kid` that is absent becomes empty: the active key.
 * @throws HaechiError ENVELOPE_REJECTED
 */
export function parseEnvelope(value: unknown): Envelope {
  if (typeof value !== "object" || value === null) throw rejected("it is no object");
  // Every object can be read by string keys; each member is checked below.
  const given = value as Readonly<Record<string, unknown>>;
  if (given.v !== 1 && given.v !== 2) throw rejected("its version is unknown");
  if (given.alg !== "AES-256-GCM") throw rejected("its algorithm is unknown");
  if (given.aadEncoding !== undefined && given.aadEncoding !== "nfkc-json-v2") {
    throw rejected("the encoding of its associated data is unknown");
  }
  return {
    v: given.v,
    alg: given.alg,
    kid: text(given, "kid", KID) ?? "",
    iv: required(given, "iv", IV),
    ct: required(given, "ct", BASE64URL),
    tag: required(given, "tag", TAG),
    ...optional(given, "salt", SALT),
    ...optional(given, "aadHash", DIGEST),
    ...(given.aadEncoding === undefined ? undefined : { aadEncoding: given.aadEncoding }),
    ...optional(given, "createdAt", TIMESTAMP),
    ...optional(given, "expiresAt", TIMESTAMP),
    ...optional(given, "wrappedKey", BASE64URL),
  };
}

const BASE64URL = /^[\w-]*$/;
// Whole bytes only: the last character of each carries no spare bits that could differ.
const IV = /^[\w-]{16}$/;
const TAG = /^[\w-]{21}[AQgw]$/;
const SALT = TAG;
const DIGEST = /^[\w-]{43}$/;
const KID = /^[\w.:/-]{1,256}$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

function required(given: Readonly<Record<string, unknown>>, name: string, form: RegExp): string {
  const member = text(given, name, form);
  if (member === undefined) throw rejected(`it has no ${name}`);
  return member;
}

function text(given: Readonly<Record<string, unknown>>, name: string, form: RegExp): string | undefined {
  const member = given[name];
  if (member === undefined) return undefined;
  if (typeof member !== "string" || !form.test(member)) throw rejected(`its ${name} is malformed`);
  return member;
}

function optional<Name extends string>(
  given: Readonly<Record<string, unknown>>,
  name: Name,
  form: RegExp,
): Partial<Record<Name, string>> | undefined {
  const member = text(given, name, form);
  // A record with exactly the member `name`.
  return member === undefined ? undefined : ({ [name]: member } as Record<Name, string>);
}

function rejected(why: string): HaechiError {
  return new HaechiError("ENVELOPE_REJECTED", `The envelope cannot be opened: ${why}`);
}
