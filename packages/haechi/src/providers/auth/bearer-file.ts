import { constants } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { KEY_DOMAINS } from "../../core/crypto/key-domains.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Identity } from "../../core/identity/identity.ts";
import { validateLabels } from "../../core/identity/labels.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { Random } from "../../ports/random.ts";
import { atomicWrite } from "../storage/atomic-write.ts";
import { createProcessLock } from "../storage/process-lock.ts";

/** One bearer token as stored: never the token itself. */
export interface BearerRecord {
  /** `tok_auth_` and 8 hex digits. */
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
}

export interface NewBearerToken {
  readonly type: Identity["type"];
  readonly scopes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly allowedLabelKeys: readonly string[];
  /** ISO 8601. */
  readonly expiresAt?: string;
}

/** What hashes, times and draws a new token. */
export interface BearerTokenMaker {
  readonly crypto: CryptoProvider;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Adds a token to the store at `path`. The token is in the result and nowhere else.
 * @throws HaechiError PROVIDER_INVALID
 */
export async function addToken(
  path: string,
  wanted: NewBearerToken,
  { crypto, clock, random }: BearerTokenMaker,
): Promise<{ readonly token: string; readonly record: BearerRecord }> {
  if (crypto.hmac === undefined) throw invalid("the crypto provider has no hmac, which bearer tokens need");
  const token = `hae_${Buffer.from(random.bytes(32)).toString("base64url")}`;
  const tokenHash = await crypto.hmac({ data: token, domain: KEY_DOMAINS.bearerToken });
  const labels = validateLabels(wanted.labels, wanted.allowedLabelKeys);
  return await change(path, (records) => {
    const record = checkRecord({
      id: unusedId(records, random),
      tokenHash,
      type: wanted.type,
      scopes: [...wanted.scopes],
      labels,
      createdAt: new Date(clock.now()).toISOString(),
      disabled: false,
      ...(wanted.expiresAt === undefined ? {} : { expiresAt: wanted.expiresAt }),
    });
    return { records: [...records, record], result: { token, record } };
  });
}

/**
 * The tokens of the store at `path`; none when there is no store yet.
 * @throws HaechiError PROVIDER_INVALID when the file is not a bearer store
 */
export async function listTokens(path: string): Promise<readonly BearerRecord[]> {
  return parse(await read(path));
}

/**
 * Disables a token for good; it stays in the list.
 * @throws HaechiError TOKEN_UNKNOWN
 */
export async function revokeToken(path: string, id: string): Promise<BearerRecord> {
  return await change(path, (records) => {
    const found = records.find((record) => record.id === id);
    if (found === undefined) throw new HaechiError("TOKEN_UNKNOWN", "There is no bearer token with this id");
    const revoked = { ...found, disabled: true };
    return { records: records.map((record) => (record === found ? revoked : record)), result: revoked };
  });
}

const STORE_BYTES_MAX = 16_777_216;
const LOCK_WAIT_MS = 5000;

type Change<T> = (records: readonly BearerRecord[]) => {
  readonly records: readonly BearerRecord[];
  readonly result: T;
};

/** Reads, changes and replaces the store while no other process does, so that no change is lost. */
async function change<T>(path: string, work: Change<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const lock = createProcessLock(`${path}.lock`);
  try {
    if (!(await lock.acquire(LOCK_WAIT_MS))) throw invalid("the bearer store is being changed by another process");
    try {
      const { records, result } = work(parse(await read(path)));
      atomicWrite(path, `${JSON.stringify({ version: 1, tokens: records }, null, 2)}\n`);
      return result;
    } finally {
      lock.release();
    }
  } finally {
    lock.close();
  }
}

/** The text of the store; null when there is none. */
async function read(path: string): Promise<string | null> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, constants.O_RDONLY);
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw invalid("the bearer store cannot be read", cause);
  }
  try {
    const { size } = await file.stat();
    if (size > STORE_BYTES_MAX) throw invalid("the bearer store is too large");
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

function parse(text: string | null): readonly BearerRecord[] {
  if (text === null) return [];
  let store: unknown;
  try {
    store = JSON.parse(text);
  } catch {
    throw invalid("the bearer store is not JSON");
  }
  if (!isRecord(store) || store.version !== 1 || !Array.isArray(store.tokens)) {
    throw invalid("the bearer store is not of version 1");
  }
  return store.tokens.map(checkRecord);
}

/** A copy of a record that has exactly the members of the format. */
function checkRecord(value: unknown): BearerRecord {
  if (!isRecord(value)) throw invalid("the bearer store holds something that is not a token");
  const { id, tokenHash, type, scopes, labels, createdAt, disabled, expiresAt } = value;
  const holds =
    matches(id, /^tok_auth_[0-9a-f]{8}$/) &&
    matches(tokenHash, /^[0-9a-f]{64}$/) &&
    isIdentityType(type) &&
    Array.isArray(scopes) &&
    scopes.length <= SCOPES_MAX &&
    scopes.every((scope): scope is string => matches(scope, SCOPE)) &&
    isRecord(labels) &&
    Object.values(labels).every((label) => typeof label === "string") &&
    isTime(createdAt) &&
    typeof disabled === "boolean" &&
    (expiresAt === undefined || isTime(expiresAt));
  if (!holds) throw invalid("a bearer token has a member that is missing or of another form");
  const expiry = expiresAt === undefined ? {} : { expiresAt };
  // The check above saw that every label is a text.
  const texts = labels as Record<string, string>;
  return { id, tokenHash, type, scopes, labels: texts, createdAt, disabled, ...expiry };
}

const SCOPES_MAX = 64;
// RFC 6749 §3.3: scope-token, of a bounded length.
const SCOPE = /^[!#-[\]-~]{1,128}$/;

function matches(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value);
}

function isIdentityType(value: unknown): value is Identity["type"] {
  return value === "user" || value === "service" || value === "agent";
}

function isTime(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function unusedId(records: readonly BearerRecord[], random: Random): string {
  for (;;) {
    const id = `tok_auth_${Buffer.from(random.bytes(4)).toString("hex")}`;
    if (records.every((record) => record.id !== id)) return id;
  }
}

function invalid(problem: string, cause?: unknown): HaechiError {
  return new HaechiError("PROVIDER_INVALID", `auth.store: ${problem}`, { cause });
}
