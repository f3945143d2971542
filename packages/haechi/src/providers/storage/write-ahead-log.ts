import type { DatabaseSync } from "node:sqlite";

/**
 * Has a database write ahead. Of two connections that switch a new one at once neither can wait for the other, so
 * SQLite tells the second that it is busy without waiting; a moment later there is nothing left to switch.
 * @throws what SQLite says, when it still says so after `waitMs`
 */
export function useWriteAheadLog(connection: DatabaseSync, waitMs: number): void {
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

/** Whatever the reason: https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}

const SQLITE_BUSY = 5;
