import fs from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createEmptyFile } from "./create-empty-file.ts";
import { makeFolder } from "./make-folder.ts";
import { isBusy } from "./sqlite-error.ts";

/**
 * Opens a database that several processes may open, 0600, and makes it and its folder where they are missing. A commit
 * returns when it is on the disk, and what is deleted is overwritten in the file, not only forgotten.
 * @param waitMs how long another process may hold the file
 * @throws what the system or SQLite says
 */
export function openDurableDatabase(path: string, waitMs: number): DatabaseSync {
  makeFolder(dirname(path));
  // SQLite gives the files beside the database the rights of the database.
  createEmptyFile(path);
  fs.chmodSync(path, 0o600);
  const connection = new DatabaseSync(path, { timeout: waitMs });
  try {
    useWriteAheadLog(connection, waitMs);
    // FULL: a commit waits until the write-ahead log is on the disk.
    connection.exec("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * Has a database write ahead. Of two connections that switch a new one at once neither can wait for the other, so
 * SQLite tells the second that it is busy without waiting; a moment later there is nothing left to switch.
 * @throws what SQLite says, when it still says so after `waitMs`
 */
function useWriteAheadLog(connection: DatabaseSync, waitMs: number): void {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      connection.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
      Atomics.wait(NEVER_WOKEN, 0, 0, BUSY_PAUSE_MS);
    }
  }
}

const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
const BUSY_PAUSE_MS = 5;
