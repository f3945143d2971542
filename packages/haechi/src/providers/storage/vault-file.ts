import fs from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { TokenRecord } from "../../ports/token-store.ts";
import { createEmptyFile } from "./create-empty-file.ts";
import { durableFiles } from "./durable-files.ts";
import { openDurableDatabase } from "./open-durable-database.ts";
import { asUnavailable, createSchema, requireSchema, TOKEN_COLUMNS, toRecord, unavailable } from "./vault-schema.ts";

/** A vault, looked at as it was at one moment, whoever goes on writing. */
export interface VaultFile {
  /** What SQLite finds wrong with the file, at most ten lines; none for one that is whole. */
  readonly problems: readonly string[];
  /** Null in place of a record that cannot be read. */
  entries(): Iterable<readonly [id: string, record: TokenRecord | null]>;
  close(): void;
}

/**
 * Opens a vault for reading alone.
 * @throws HaechiError TOKEN_STORE_UNAVAILABLE when there is none
 */
export function openVaultFile(path: string): VaultFile {
  const connection = openExisting(path);
  try {
    connection.exec("BEGIN");
    requireSchema(connection);
    const problems = integrityProblems(connection);
    const select = connection.prepare("SELECT * FROM tokens");
    return {
      problems,
      *entries() {
        for (const row of select.iterate()) yield [String(row.id), readable(row)];
      },
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw asUnavailable(error, path);
  }
}

/**
 * Writes the whole vault as it is at one moment to a new file, 0600; other processes go on reading and writing. The
 * copy is looked through before it gets its name; returns how many tokens it holds. What was deleted is not in it.
 * @throws HaechiError TOKEN_STORE_UNAVAILABLE
 */
export function backUpVault(path: string, target: string): number {
  if (fs.existsSync(target)) throw unavailable("There is a file at the target of the backup", "backup_exists");
  const temporary = `${target}.tmp`;
  const connection = openExisting(path);
  try {
    requireSchema(connection);
    fs.rmSync(temporary, { force: true });
    createEmptyFile(temporary);
    // One read transaction, so the copy is of one moment; SQLite leaves flushing it to the caller.
    connection.prepare("VACUUM INTO ?").run(temporary);
    const tokens = countWhole(temporary);
    flush(temporary);
    fs.renameSync(temporary, target);
    durableFiles.syncDirectory(dirname(target));
    return tokens;
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw asUnavailable(error, path);
  } finally {
    connection.close();
  }
}

export interface VaultRestore {
  /** What happens to tokens of the vault that the backup lacks; null refuses when there are any. */
  readonly others: "keep" | "drop" | null;
  /** ISO 8601: tokens past their retention by then are missed by nobody. */
  readonly now: string;
}

/**
 * Puts the tokens of a backup into the vault, in one transaction: after a crash at any moment the vault is as it was
 * before, or restored. A gateway may run meanwhile; what it issues waits. Returns how many tokens the backup holds.
 * @throws HaechiError TOKEN_STORE_UNAVAILABLE
 */
export function restoreVault(path: string, backup: string, { others, now }: VaultRestore): number {
  const tokens = countWhole(backup);
  let connection: DatabaseSync | null = null;
  try {
    connection = openDurableDatabase(path, RESTORE_WAIT_MS);
    createSchema(connection);
    connection.prepare("ATTACH ? AS backup").run(backup);
    connection.exec("BEGIN IMMEDIATE");
    if (others === null) requireNoOthers(connection, now);
    if (others !== "keep") connection.exec("DELETE FROM main.tokens");
    connection.exec(
      `INSERT INTO main.tokens (${TOKEN_COLUMNS}) SELECT ${TOKEN_COLUMNS} FROM backup.tokens WHERE true ON CONFLICT (id) DO NOTHING`,
    );
    connection.exec("COMMIT");
    return tokens;
  } catch (error) {
    throw asUnavailable(error, path);
  } finally {
    connection?.close();
  }
}

const BUSY_WAIT_MS = 5_000;
const RESTORE_WAIT_MS = 30_000;
const PROBLEMS_MAX = 10;

function openExisting(path: string): DatabaseSync {
  // SQLite would make a file that is not there.
  if (!fs.existsSync(path)) throw unavailable("There is no token vault at this path", "vault_missing");
  try {
    return new DatabaseSync(path, { timeout: BUSY_WAIT_MS });
  } catch (error) {
    throw asUnavailable(error, path);
  }
}

function integrityProblems(connection: DatabaseSync): readonly string[] {
  try {
    const rows = connection.prepare(`PRAGMA integrity_check(${PROBLEMS_MAX})`).all();
    return rows.map((row) => String(row.integrity_check)).filter((line) => line !== "ok");
  } catch {
    return ["the file is damaged so far that SQLite cannot look through it"];
  }
}

/** The number of tokens of a file that has nothing wrong with it. */
function countWhole(path: string): number {
  const file = openVaultFile(path);
  try {
    if (file.problems.length > 0) throw unavailable("The backup is damaged", "backup_damaged");
    let tokens = 0;
    for (const [, record] of file.entries()) {
      if (record === null) throw unavailable("The backup holds a token that cannot be read", "backup_damaged");
      tokens++;
    }
    return tokens;
  } catch (error) {
    throw asUnavailable(error, path);
  } finally {
    file.close();
  }
}

function requireNoOthers(connection: DatabaseSync, now: string): void {
  const others = connection
    .prepare(
      "SELECT count(*) AS count FROM main.tokens WHERE expires_at > ? AND id NOT IN (SELECT id FROM backup.tokens)",
    )
    .get(now);
  if (others?.count === 0) return;
  const message = `The vault holds ${others?.count} tokens that the backup lacks; they have to be kept or dropped`;
  throw unavailable(message, "restore_loses_tokens");
}

function readable(row: Record<string, unknown>): TokenRecord | null {
  try {
    return toRecord(row);
  } catch {
    return null;
  }
}

function flush(path: string): void {
  const fd = fs.openSync(path, "r+");
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
