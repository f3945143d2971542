import fs from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { AssociatedData, Envelope } from "../../core/crypto/envelope.ts";
import { HaechiError } from "../../core/errors.ts";
import type { TokenRecord } from "../../ports/token-store.ts";
import { isNoDatabase, isStorageError } from "./sqlite-error.ts";

const SCHEMA_VERSION = 1;

// Times are ISO 8601 in UTC with milliseconds, so that text order is time order.
const SCHEMA = `
  CREATE TABLE tokens (
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    path TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    envelope TEXT NOT NULL,
    aad TEXT NOT NULL
  ) STRICT;
  CREATE INDEX tokens_by_expiry ON tokens (expires_at);
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** The columns of a token, in the order of the table. */
export const TOKEN_COLUMNS = "id, type, created_at, expires_at, path, rule_id, envelope, aad";

/**
 * Makes the tables of a vault that is new.
 * @throws HaechiError TOKEN_STORE_UNAVAILABLE for one of another version
 */
export function createSchema(connection: DatabaseSync): void {
  // A vault that is there is opened whoever is writing to it.
  if (schemaVersion(connection) === SCHEMA_VERSION) return;
  connection.exec("BEGIN IMMEDIATE");
  const version = schemaVersion(connection);
  if (version === 0) connection.exec(SCHEMA);
  connection.exec("COMMIT");
  if (version !== 0) requireVersion(version);
}

/**
 * Makes sure that a database is a vault of this version.
 * @throws HaechiError TOKEN_STORE_UNAVAILABLE
 */
export function requireSchema(connection: DatabaseSync): void {
  requireVersion(schemaVersion(connection));
}

/** @throws HaechiError TOKEN_STORE_UNAVAILABLE for a row that somebody else wrote into */
export function toRecord(row: Record<string, unknown>): TokenRecord {
  return {
    type: String(row.type),
    createdAt: String(row.created_at),
    expiresAt: String(row.expires_at),
    metadata: { path: String(row.path), ruleId: String(row.rule_id) },
    // Written by the store; whoever opens the envelope checks every member of it again.
    envelope: parseObject(row.envelope) as Envelope,
    aad: parseObject(row.aad) as AssociatedData,
  };
}

function parseObject(text: unknown): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(String(text));
  } catch {
    // The parser's message would quote the record.
  }
  if (typeof parsed === "object" && parsed !== null) return parsed;
  throw unavailable(
    "The token vault holds a record that cannot be read; `haechi vault check` counts them",
    "vault_damaged",
  );
}

/** What the caller's own work threw stays as it is; what the disk said becomes a code of ours. */
export function asUnavailable(error: unknown, path?: string): unknown {
  if (path !== undefined && isNoDatabase(error)) return describeFormat(path);
  return isStorageError(error)
    ? unavailable("tokenVault.path: the token vault cannot be used", "vault_unavailable", error)
    : error;
}

export function unavailable(message: string, reason: string, cause?: unknown): HaechiError {
  return new HaechiError("TOKEN_STORE_UNAVAILABLE", message, { reason, cause });
}

function schemaVersion(connection: DatabaseSync): unknown {
  return connection.prepare("PRAGMA user_version").get()?.user_version;
}

function requireVersion(version: unknown): void {
  if (version === SCHEMA_VERSION) return;
  throw unavailable("The token vault was written by another version, or is none", "vault_version_unknown");
}

/** The published format is one JSON file; it is never overwritten. */
function describeFormat(path: string): HaechiError {
  if (firstCharacter(path) === "{") {
    const message =
      "The file at the path of the token vault is a JSON vault of the published format; it stays untouched: " +
      "let tokenVault.path name another file, and haechi vault import bring its tokens over";
    return unavailable(message, "vault_is_json");
  }
  return unavailable("The file at the path of the token vault is no token vault", "vault_format_unknown");
}

function firstCharacter(path: string): string | undefined {
  const fd = fs.openSync(path, "r");
  try {
    const head = Buffer.alloc(256);
    return head.toString("utf8", 0, fs.readSync(fd, head)).trimStart()[0];
  } finally {
    fs.closeSync(fd);
  }
}
