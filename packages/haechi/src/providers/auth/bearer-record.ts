import { HaechiError } from "../../core/errors.ts";
import type { Identity } from "../../core/identity/identity.ts";
import { isScopeList } from "../../core/identity/scope.ts";

/** One bearer token as stored: never the token itself. */
export interface BearerRecord {
  /** `tok_auth_` and 8 hex digits; stays the same when the token is rotated. */
  readonly id: string;
  /** Hex HMAC-SHA-256 of the token under a key of its own. */
  readonly tokenHash: string;
  readonly type: Identity["type"];
  readonly scopes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly disabled: boolean;
  /** ISO 8601; refused at or after it. Absent: it holds until it is revoked. */
  readonly expiresAt?: string;
  /** ISO 8601; absent when it never was. */
  readonly rotatedAt?: string;
  /** The token before the last rotation, while it still holds. */
  readonly previous?: PreviousToken;
}

export interface PreviousToken {
  readonly tokenHash: string;
  /** ISO 8601; refused at or after it. */
  readonly expiresAt: string;
}

/** A record for people and programs: without anything that was made from the token. */
export type ShownBearerRecord = Omit<BearerRecord, "tokenHash" | "previous"> & {
  readonly state: "active" | "expired" | "revoked";
  /** ISO 8601; absent when the token before the last rotation does not hold any more. */
  readonly previousExpiresAt?: string;
};

export function shownRecord({ tokenHash: _, previous, ...shown }: BearerRecord, now: number): ShownBearerRecord {
  const state = shown.disabled ? "revoked" : isPast(shown.expiresAt, now) ? "expired" : "active";
  const overlaps = state === "active" && previous !== undefined && !isPast(previous.expiresAt, now);
  return { ...shown, state, ...(overlaps ? { previousExpiresAt: previous.expiresAt } : {}) };
}

/** True while a token with this hash, one of those of the record, opens the gateway. */
export function holds(record: BearerRecord, tokenHash: string, now: number): boolean {
  if (record.disabled || isPast(record.expiresAt, now)) return false;
  const { previous } = record;
  return previous?.tokenHash === tokenHash ? !isPast(previous.expiresAt, now) : true;
}

function isPast(time: string | undefined, now: number): boolean {
  return time !== undefined && now >= Date.parse(time);
}

/**
 * A copy of a record that has exactly the members of the format.
 * @throws HaechiError PROVIDER_INVALID
 */
export function checkRecord(value: unknown): BearerRecord {
  if (!isRecord(value)) throw storeInvalid("the bearer store holds something that is not a token");
  const { id, tokenHash, type, scopes, labels, createdAt, disabled, expiresAt, rotatedAt, previous } = value;
  const isWhole =
    matches(id, /^tok_auth_[0-9a-f]{8}$/) &&
    matches(tokenHash, HASH) &&
    isIdentityType(type) &&
    isScopeList(scopes) &&
    isRecord(labels) &&
    Object.values(labels).every((label) => typeof label === "string") &&
    isTime(createdAt) &&
    typeof disabled === "boolean" &&
    (expiresAt === undefined || isTime(expiresAt)) &&
    (rotatedAt === undefined || isTime(rotatedAt)) &&
    (previous === undefined || isPrevious(previous));
  if (!isWhole) throw storeInvalid("a bearer token has a member that is missing or of another form");
  return {
    id,
    tokenHash,
    type,
    scopes,
    // The check above saw that every label is a text.
    labels: labels as Record<string, string>,
    createdAt,
    disabled,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(rotatedAt === undefined ? {} : { rotatedAt }),
    ...(previous === undefined ? {} : { previous: { tokenHash: previous.tokenHash, expiresAt: previous.expiresAt } }),
  };
}

const HASH = /^[0-9a-f]{64}$/;

export function storeInvalid(problem: string, cause?: unknown): HaechiError {
  return new HaechiError("PROVIDER_INVALID", `auth.store: ${problem}`, { cause });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPrevious(value: unknown): value is PreviousToken {
  return isRecord(value) && matches(value.tokenHash, HASH) && isTime(value.expiresAt);
}

function matches(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value);
}

function isIdentityType(value: unknown): value is Identity["type"] {
  return value === "user" || value === "service" || value === "agent";
}

export function isTime(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
