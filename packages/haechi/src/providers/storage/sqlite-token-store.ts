import type { DatabaseSync } from "node:sqlite";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { TokenStore, TokenStoreSnapshot, TokenStoreView } from "../../ports/token-store.ts";
import { openDurableDatabase } from "./open-durable-database.ts";
import { isBusy, isSqliteError } from "./sqlite-error.ts";
import { asUnavailable, createSchema, TOKEN_COLUMNS, toRecord } from "./vault-schema.ts";

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
      database?.connection.close();
      database = null;
    },
  };

  function opened(): OpenDatabase {
    database ??= openDatabase(path);
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
      const deadline = performance.now() + BUSY_WAIT_MS;
      // From the beginning of the transaction to its end nothing else has a turn.
      while (!tryBegin(opened().statements, performance.now() < deadline)) await setTimeout(BUSY_PAUSE_MS);
      jobs = takeWaiting();
      const { statements, view } = opened();
      const settle = jobs.map((job) => attempt(job, statements, view));
      statements.commit.run();
      for (const tell of settle) tell();
    } catch (error) {
      abandon();
      for (const { reject } of [...jobs, ...takeWaiting()]) reject(asUnavailable(error));
    }
  }

  function takeWaiting(): Job[] {
    const jobs = waiting;
    waiting = [];
    return jobs;
  }

  // After an error of the disk SQLite says itself whether a transaction is still
  // open; a connection that cannot even roll back is given up and opened anew.
  function abandon(): void {
    if (database === null) return;
    try {
      if (database.connection.isTransaction) database.statements.rollback.run();
    } catch {
      database.connection.close();
      database = null;
    }
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
  readonly statements: Statements;
  readonly view: TokenStoreView;
}

type Statements = ReturnType<typeof prepareStatements>;

/** How long another process may hold the file before a change is refused. */
const BUSY_WAIT_MS = 2_000;
/** How often it is looked at meanwhile; whoever changes much at once leaves the file alone for longer in between. */
const BUSY_PAUSE_MS = 2;

/**
 * Whether a transaction that changes something has begun. SQLite itself would wait with the whole thread, and
 * everything else that the process serves with it.
 * @throws what SQLite says, when another process holds the file and `mayWait` is false, too
 */
function tryBegin({ waitNot, waitLong, begin }: Statements, mayWait: boolean): boolean {
  waitNot.get();
  try {
    begin.run();
    return true;
  } catch (error) {
    if (mayWait && isBusy(error)) return false;
    throw error;
  } finally {
    waitLong.get();
  }
}

function openDatabase(path: string): OpenDatabase {
  let connection: DatabaseSync | null = null;
  try {
    connection = openDurableDatabase(path, BUSY_WAIT_MS);
    connection.exec("PRAGMA cache_size = -16384");
    createSchema(connection);
    const statements = prepareStatements(connection);
    return { connection, statements, view: viewOf(statements) };
  } catch (error) {
    connection?.close();
    throw asUnavailable(error, path);
  }
}

function prepareStatements(connection: DatabaseSync) {
  const prepare = (sql: string) => connection.prepare(sql);
  return {
    waitNot: prepare("PRAGMA busy_timeout = 0"),
    waitLong: prepare(`PRAGMA busy_timeout = ${BUSY_WAIT_MS}`),
    begin: prepare("BEGIN IMMEDIATE"),
    beginRead: prepare("BEGIN"),
    commit: prepare("COMMIT"),
    rollback: prepare("ROLLBACK"),
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
