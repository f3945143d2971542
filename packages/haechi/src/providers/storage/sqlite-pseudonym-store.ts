import type { DatabaseSync } from "node:sqlite";
import { HaechiError } from "../../core/errors.ts";
import type { PseudonymStore } from "../../ports/pseudonym-store.ts";
import { openDurableDatabase } from "./open-durable-database.ts";
import { isSqliteError } from "./sqlite-error.ts";

export interface SqlitePseudonymStoreOptions {
  readonly path: string;
}

/** Keys of pseudonyms in one SQLite file, 0600. What is deleted is overwritten in the file. Several processes may share it. */
export function createSqlitePseudonymStore({ path }: SqlitePseudonymStoreOptions): PseudonymStore {
  let database: OpenDatabase | null = null;
  return {
    async keyOf(lookup, fresh) {
      return await using((open) => {
        const known = read(open, lookup);
        if (known !== null) return known;
        // Another process may be first; then its key stays.
        open.insert.run(lookup, fresh());
        return read(open, lookup)!;
      });
    },
    find: (lookup) => using((open) => read(open, lookup)),
    delete: (lookup) =>
      using(({ connection, remove }) => {
        const isThere = remove.run(lookup).changes > 0;
        // The write-ahead log still holds what the row was.
        connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        return isThere;
      }),
    async close() {
      database?.connection.close();
      database = null;
    },
  };

  async function using<T>(work: (open: OpenDatabase) => T): Promise<T> {
    try {
      database ??= openDatabase(path);
      return work(database);
    } catch (error) {
      const isOfStorage = isSqliteError(error) || (error instanceof Error && "syscall" in error);
      if (!isOfStorage) throw error;
      throw unavailable("The store of pseudonyms cannot be used", error);
    }
  }
}

type OpenDatabase = ReturnType<typeof openDatabase>;

/** How long another process may hold the file before an entry is refused. */
const BUSY_WAIT_MS = 2_000;
const SCHEMA_VERSION = 1;

function openDatabase(path: string) {
  const connection = openDurableDatabase(path, BUSY_WAIT_MS);
  try {
    createSchema(connection);
    return {
      connection,
      select: connection.prepare("SELECT key FROM pseudonyms WHERE lookup = ?"),
      insert: connection.prepare("INSERT INTO pseudonyms (lookup, key) VALUES (?, ?) ON CONFLICT DO NOTHING"),
      remove: connection.prepare("DELETE FROM pseudonyms WHERE lookup = ?"),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function createSchema(connection: DatabaseSync): void {
  connection.exec("BEGIN IMMEDIATE");
  const version = connection.prepare("PRAGMA user_version").get()?.user_version;
  if (version === 0) {
    connection.exec(`
      CREATE TABLE pseudonyms (lookup TEXT NOT NULL PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
      PRAGMA user_version = ${SCHEMA_VERSION};
    `);
  }
  connection.exec("COMMIT");
  if (version === 0 || version === SCHEMA_VERSION) return;
  throw unavailable("The store of pseudonyms was written by another version, or is none");
}

/** An event with an identity cannot be recorded then. */
function unavailable(message: string, cause?: unknown): HaechiError {
  return new HaechiError("AUDIT_UNWRITABLE", message, { reason: "pseudonyms_unavailable", cause });
}

function read({ select }: OpenDatabase, lookup: string): Uint8Array | null {
  const key = select.get(lookup)?.key;
  return key instanceof Uint8Array ? key : null;
}
