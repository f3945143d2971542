import { HaechiError } from "../errors.ts";
import type { Identity } from "./identity.ts";
import { validateLabels } from "./labels.ts";
import { isScopeList, SCOPES_MAX } from "./scope.ts";

/**
 * A checked copy of what an authenticator from outside says of a caller; labels under other keys than the allowed ones
 * are left out. The forms are those that the audit log can hold, so that no caller is recorded as nobody.
 * @throws HaechiError PROVIDER_INVALID
 */
export function checkIdentity(value: unknown, allowedLabelKeys: readonly string[]): Identity {
  if (!isObject(value)) throw invalid("is not an object");
  const { id, type, subjectHash, issuerHash, provider, scopes, labels } = value;
  if (!isText(id, ID)) throw invalid("has no id of up to 128 letters, digits and _ . : -");
  if (type !== "user" && type !== "service" && type !== "agent") throw invalid("is no user, service or agent");
  if (!isHash(subjectHash) || !isHash(issuerHash))
    throw invalid("has a hash that is not 64 hexadecimal digits or null");
  if (!isText(provider, PROVIDER)) throw invalid("has no provider of up to 64 letters, digits and _ . : -");
  if (!isScopeList(scopes)) throw invalid(`does not have a list of up to ${SCOPES_MAX} scopes`);
  const known = isObject(labels) ? Object.entries(labels).filter(([key]) => allowedLabelKeys.includes(key)) : [];
  return {
    id,
    type,
    subjectHash,
    issuerHash,
    provider,
    scopes: [...scopes],
    labels: validateLabels(Object.fromEntries(known), allowedLabelKeys),
  };
}

const ID = /^[A-Za-z0-9][\w.:-]{0,127}$/;
const PROVIDER = /^(?!.*\d{5})[A-Za-z][\w.:-]{0,63}$/;
const HASH = /^[0-9a-f]{64}$/;

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value);
}

function isHash(value: unknown): value is string | null {
  return value === null || isText(value, HASH);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(problem: string): HaechiError {
  return new HaechiError("PROVIDER_INVALID", `An identity ${problem}`);
}
