import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { KEY_DOMAINS } from "../../core/crypto/key-domains.ts";
import { HaechiError } from "../../core/errors.ts";
import type { Identity } from "../../core/identity/identity.ts";
import { validateLabels } from "../../core/identity/labels.ts";
import { isScope, SCOPE_FORM, SCOPES_MAX } from "../../core/identity/scope.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { Random } from "../../ports/random.ts";
import { atomicWrite } from "../storage/atomic-write.ts";
import { makeFolder } from "../storage/make-folder.ts";
import { createProcessLock } from "../storage/process-lock.ts";
import { type BearerRecord, checkRecord, isRecord, storeInvalid } from "./bearer-record.ts";

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

/** A token that was just made, and what is kept of it. */
export interface MadeBearerToken {
  /** It is here and nowhere else. */
  readonly token: string;
  readonly record: BearerRecord;
}

/**
 * Adds a token to the store at `path`.
 * @throws HaechiError PROVIDER_INVALID
 */
export async function addToken(
  path: string,
  wanted: NewBearerToken,
  maker: BearerTokenMaker,
): Promise<MadeBearerToken> {
  const labels = validateLabels(wanted.labels, wanted.allowedLabelKeys);
  const scopes = [...new Set(wanted.scopes)];
  if (!scopes.every(isScope)) throw new HaechiError("PROVIDER_INVALID", `A scope is not ${SCOPE_FORM}`);
  if (scopes.length > SCOPES_MAX) throw new HaechiError("PROVIDER_INVALID", `More than ${SCOPES_MAX} scopes`);
  const { token, tokenHash } = await drawToken(maker);
  return await change(path, (records) => {
    const record = checkRecord({
      id: unusedId(records, maker.random),
      tokenHash,
      type: wanted.type,
      scopes,
      labels,
      createdAt: timeOf(maker.clock),
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
 * Disables a token for good, and the one before its rotation with it; it stays in the list.
 * @throws HaechiError TOKEN_UNKNOWN
 */
export async function revokeToken(path: string, id: string): Promise<BearerRecord> {
  return await changeOne(path, id, ({ previous: _, ...record }) => ({ ...record, disabled: true }));
}

export interface RotationOptions {
  /** ISO 8601: how long the token until now holds beside the new one. It does not hold any longer than it would have. */
  readonly previousExpiresAt: string;
  /** ISO 8601, of the new token; absent when it holds until it is revoked. */
  readonly expiresAt?: string;
}

/**
 * Puts a new token in the place of the one with this id. Whoever holds it stays the same: id, scopes, labels,
 * identity, rate. Of two rotations in a row only the last leaves an older token valid.
 * @param optionsFor the record as it is
 * @throws HaechiError TOKEN_UNKNOWN, PROVIDER_INVALID
 */
export async function rotateToken(
  path: string,
  id: string,
  optionsFor: (record: BearerRecord) => RotationOptions,
  maker: BearerTokenMaker,
): Promise<MadeBearerToken> {
  const { token, tokenHash } = await drawToken(maker);
  const record = await changeOne(path, id, (found) => {
    if (found.disabled) throw new HaechiError("TOKEN_UNKNOWN", "The bearer token with this id is revoked for good");
    const { expiresAt, previousExpiresAt } = optionsFor(found);
    const { previous: _, expiresAt: before, ...kept } = found;
    const until = before === undefined ? previousExpiresAt : earlier(before, previousExpiresAt);
    return checkRecord({
      ...kept,
      tokenHash,
      rotatedAt: timeOf(maker.clock),
      previous: { tokenHash: found.tokenHash, expiresAt: until },
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
  });
  return { token, record };
}

/** Does `work` while no other process changes the store at `path`. */
export async function whileLocked<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  makeFolder(dirname(path));
  const lock = createProcessLock(`${path}.lock`);
  try {
    if (!(await lock.acquire(LOCK_WAIT_MS))) throw storeInvalid("the bearer store is being changed by another process");
    try {
      return await work();
    } finally {
      lock.release();
    }
  } finally {
    lock.close();
  }
}

const STORE_BYTES_MAX = 16_777_216;
const LOCK_WAIT_MS = 5000;

type Change<T> = (records: readonly BearerRecord[]) => {
  readonly records: readonly BearerRecord[];
  readonly result: T;
};

/** Reads, changes and replaces the store while no other process does, so that no change is lost. */
function change<T>(path: string, work: Change<T>): Promise<T> {
  return whileLocked(path, async () => {
    const { records, result } = work(parse(await read(path)));
    const text = `${JSON.stringify({ version: 1, tokens: records }, null, 2)}\n`;
    // What is too large to be read again would lock everybody out.
    if (Buffer.byteLength(text) > STORE_BYTES_MAX) throw storeInvalid("the bearer store has no room for more tokens");
    atomicWrite(path, text);
    return result;
  });
}

function changeOne(path: string, id: string, work: (found: BearerRecord) => BearerRecord): Promise<BearerRecord> {
  return change(path, (records) => {
    const found = records.find((record) => record.id === id);
    if (found === undefined) throw new HaechiError("TOKEN_UNKNOWN", "There is no bearer token with this id");
    const changed = work(found);
    return { records: records.map((record) => (record === found ? changed : record)), result: changed };
  });
}

/** The text of the store; null when there is none. */
async function read(path: string): Promise<string | null> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, constants.O_RDONLY);
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw storeInvalid("the bearer store cannot be read", cause);
  }
  try {
    const { size } = await file.stat();
    if (size > STORE_BYTES_MAX) throw storeInvalid("the bearer store is too large");
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
    throw storeInvalid("the bearer store is not JSON");
  }
  if (!isRecord(store) || store.version !== 1 || !Array.isArray(store.tokens)) {
    throw storeInvalid("the bearer store is not of version 1");
  }
  return store.tokens.map(checkRecord);
}

async function drawToken({ crypto, random }: BearerTokenMaker): Promise<{ token: string; tokenHash: string }> {
  if (crypto.hmac === undefined) throw storeInvalid("the crypto provider has no hmac, which bearer tokens need");
  const token = `hae_${Buffer.from(random.bytes(32)).toString("base64url")}`;
  return { token, tokenHash: await crypto.hmac({ data: token, domain: KEY_DOMAINS.bearerToken }) };
}

function unusedId(records: readonly BearerRecord[], random: Random): string {
  for (;;) {
    const id = `tok_auth_${Buffer.from(random.bytes(4)).toString("hex")}`;
    if (records.every((record) => record.id !== id)) return id;
  }
}

function timeOf(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}

function earlier(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? one : other;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
