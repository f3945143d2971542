import type { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import type { TokenStore, TokenStoreSnapshot, TokenStoreView } from "../../ports/token-store.ts";
import { openDurableDatabase } from "./open-durable-database.ts";
import { isSqliteError } from "./sqlite-error.ts";
import { asUnavailable, createSchema, TOKEN_COLUMNS, toRecord } from "./vault-schema.ts";
import { createWriteTransactions, type WriteTransactions } from "./write-transactions.ts";

export interface SqliteTokenStoreOptions {
  readonly path: string;
}

/**
 * Vault tokens in one SQLite file, 0600. Changes that are asked for in one turn of
 * the event loop share one transaction, and so one flush of the disk; each is
 * still all or nothing. What a new token costs does not depend on how many there are.
 */
export function createSqliteTokenStore({ path }: SqliteTokenStoreOptions): TokenStore {
  let database: OpenDatabase | null = null;
  let waiting: Job[] = [];
  let flushing: Promise<void> | null = null;

  return {
    mutate<T>(work: (view: TokenStoreView) => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        // The value handed to `resolve` is the one that this job's `work` returned.
        waiting.push({ work, resolve: (value) => resolve(value as T), reject });
        flushing ??= flushAll();
      });
    },

    async read<T>(work: (snapshot: TokenStoreSnapshot) => T): Promise<T> {
      const { statements, view } = opened();
      try {
        statements.beginRead.run();
        return work(view);
      } catch (error) {
        throw asUnavailable(error);
      } finally {
        endQuietly(statements.commit);
      }
    },

    async close() {
      await flushing;
      if (database?.connection.isOpen) database.connection.close();
      database = null;
    },
  };

  function opened(): OpenDatabase {
    if (database?.connection.isOpen !== true) database = openDatabase(path);
    return database;
  }

  async function flushAll(): Promise<void> {
    while (waiting.length > 0) {
      // Lets the changes of this turn of the event loop come together.
      await setImmediate();
      await flush();
    }
    flushing = null;
  }

  /** One transaction for all that wait, a savepoint for each of them. */
  async function flush(): Promise<void> {
    let jobs: Job[] = [];
    try {
      const { transactions, statements, view } = opened();
      const settle = await transactions.run(() => {
        jobs = takeWaiting();
        return jobs.map((job) => attempt(job, statements, view));
      });
      for (const tell of settle) tell();
    } catch (error) {
      for (const { reject } of [...jobs, ...takeWaiting()]) reject(asUnavailable(error));
    }
  }

  function takeWaiting(): Job[] {
    const jobs = waiting;
    waiting = [];
    return jobs;
  }
}

interface Job {
  readonly work: (view: TokenStoreView) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs a job inside the open transaction; returns what to tell its caller once that is durable. */
function attempt({ work, resolve, reject }: Job, statements: Statements, view: TokenStoreView): () => void {
  statements.savepoint.run();
  try {
    const value = work(view);
    statements.release.run();
    return () => resolve(value);
  } catch (error) {
    if (isSqliteError(error)) throw error;
    statements.rollbackToSavepoint.run();
    statements.release.run();
    return () => reject(error);
  }
}

interface OpenDatabase {
  readonly connection: DatabaseSync;
  readonly transactions: WriteTransactions;
  readonly statements: Statements;
  readonly view: TokenStoreView;
}

type Statements = ReturnType<typeof prepareStatements>;

/** How long another process may hold the file before a change is refused. */
const BUSY_WAIT_MS = 2_000;

function openDatabase(path: string): OpenDatabase {
  let connection: DatabaseSync | null = null;
  try {
    connection = openDurableDatabase(path, BUSY_WAIT_MS);
    connection.exec("PRAGMA cache_size = -16384");
    createSchema(connection);
    const statements = prepareStatements(connection);
    const transactions = createWriteTransactions(connection, BUSY_WAIT_MS);
    return { connection, transactions, statements, view: viewOf(statements) };
  } catch (error) {
    connection?.close();
    throw asUnavailable(error, path);
  }
}

function prepareStatements(connection: DatabaseSync) {
  const prepare = (sql: string) => connection.prepare(sql);
  return {
    beginRead: prepare("BEGIN"),
    commit: prepare("COMMIT"),
    savepoint: prepare("SAVEPOINT job"),
    release: prepare("RELEASE job"),
    rollbackToSavepoint: prepare("ROLLBACK TO job"),
    select: prepare("SELECT * FROM tokens WHERE id = ?"),
    selectAll: prepare("SELECT * FROM tokens"),
    selectAfter: prepare("SELECT * FROM tokens WHERE id > ? ORDER BY id"),
    upsert: prepare(`
      INSERT INTO tokens (${TOKEN_COLUMNS})
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET type = excluded.type, created_at = excluded.created_at,
        expires_at = excluded.expires_at, path = excluded.path, rule_id = excluded.rule_id,
        envelope = excluded.envelope, aad = excluded.aad`),
    deleteOne: prepare("DELETE FROM tokens WHERE id = ?"),
    deleteExpired: prepare(
      "DELETE FROM tokens WHERE rowid IN (SELECT rowid FROM tokens WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
    ),
  };
}

function viewOf(statements: Statements): TokenStoreView {
  return {
    get(id) {
      const row = statements.select.get(id);
      return row === undefined ? undefined : toRecord(row);
    },
    *entries(after) {
      const rows = after === undefined ? statements.selectAll.iterate() : statements.selectAfter.iterate(after);
      for (const row of rows) yield [String(row.id), toRecord(row)];
    },
    set(id, { type, createdAt, expiresAt, metadata, envelope, aad }) {
      const { path, ruleId } = metadata;
      const sealed = JSON.stringify(envelope);
      statements.upsert.run(id, type, createdAt, expiresAt, path, ruleId, sealed, JSON.stringify(aad));
    },
    delete: (id) => statements.deleteOne.run(id).changes > 0,
    // A negative limit is none, https://www.sqlite.org/lang_select.html#limitoffset
    deleteExpired: (now, limit = -1) => Number(statements.deleteExpired.run(now, limit).changes),
  };
}

function endQuietly(commit: Statements["commit"]): void {
  try {
    commit.run();
  } catch {
    // The transaction was never begun, or its reader has reported why it failed.
  }
}
