import type { DatabaseSync } from "node:sqlite";
import { HaechiError } from "../../core/errors.ts";
import type { PseudonymStore } from "../../ports/pseudonym-store.ts";
import { openDurableDatabase } from "./open-durable-database.ts";
import { isStorageError } from "./sqlite-error.ts";
import { createWriteTransactions } from "./write-transactions.ts";

export interface SqlitePseudonymStoreOptions {
  readonly path: string;
}

/** Keys of pseudonyms in one SQLite file, 0600. What is deleted is overwritten in the file. Several processes may share it. */
export function createSqlitePseudonymStore({ path }: SqlitePseudonymStoreOptions): PseudonymStore {
  let database: OpenDatabase | null = null;
  return {
    keyOf: (lookup, fresh) =>
      using(async (open) => {
        const known = read(open, lookup);
        if (known !== null) return known;
        return await open.transactions.run(() => {
          // Another process may be first; then its key stays.
          open.insert.run(lookup, fresh());
          return read(open, lookup)!;
        });
      }),
    find: (lookup) => using((open) => read(open, lookup)),
    delete: (lookup) =>
      using(async ({ transactions, remove }) => {
        const isThere = await transactions.run(() => remove.run(lookup).changes > 0);
        // Whoever tries again finds no row, and empties the log all the same.
        if (await transactions.emptyLog()) return isThere;
        throw unavailable(
          "Others kept using the store of pseudonyms, which holds traces of what was deleted; try again",
        );
      }),
    async close() {
      if (database?.connection.isOpen) database.connection.close();
      database = null;
    },
  };

  async function using<T>(work: (open: OpenDatabase) => T | Promise<T>): Promise<T> {
    try {
      if (database?.connection.isOpen !== true) database = openDatabase(path);
      return await work(database);
    } catch (error) {
      if (!isOfStorage(error)) throw error;
      throw unavailable("The store of pseudonyms cannot be used", error);
    }
  }
}

/** An operation that waits when the store is closed finds its statements gone. */
function isOfStorage(error: unknown): boolean {
  return isStorageError(error) || (error instanceof Error && "code" in error && error.code === "ERR_INVALID_STATE");
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
      transactions: createWriteTransactions(connection, BUSY_WAIT_MS),
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
  // A store that is there is opened whoever is writing to it.
  if (schemaVersion(connection) === SCHEMA_VERSION) return;
  connection.exec("BEGIN IMMEDIATE");
  const version = schemaVersion(connection);
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

function schemaVersion(connection: DatabaseSync): unknown {
  return connection.prepare("PRAGMA user_version").get()?.user_version;
}

/** An event with an identity cannot be recorded then. */
function unavailable(message: string, cause?: unknown): HaechiError {
  return new HaechiError("AUDIT_UNWRITABLE", message, { reason: "pseudonyms_unavailable", cause });
}

function read({ select }: OpenDatabase, lookup: string): Uint8Array | null {
  const key = select.get(lookup)?.key;
  return key instanceof Uint8Array ? key : null;
}
