import type { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { isBusy } from "./sqlite-error.ts";

/** Changes of a database that other processes change too. Who asks for one waits for them; the process does not. */
export interface WriteTransactions {
  /**
   * Runs `work` in a transaction: when the promise resolves its changes are durable, when it rejects there are none.
   * From the beginning of the transaction to its end nothing else in the process has a turn. A connection that cannot
   * even roll back is closed.
   * @throws what `work` throws, and what SQLite says, that others hold the file for too long among it
   */
  run<T>(work: () => T): Promise<T>;
  /** Takes what was deleted out of the write-ahead log too. False when others kept it in use for too long. */
  emptyLog(): Promise<boolean>;
}

/**
 * SQLite itself would wait with the whole thread, and everything else that the process serves with it.
 * @param waitMs how long other processes may hold the file
 */
export function createWriteTransactions(connection: DatabaseSync, waitMs: number): WriteTransactions {
  const waitNot = connection.prepare("PRAGMA busy_timeout = 0");
  const waitLong = connection.prepare(`PRAGMA busy_timeout = ${waitMs}`);
  const begin = connection.prepare("BEGIN IMMEDIATE");
  const commit = connection.prepare("COMMIT");
  const rollback = connection.prepare("ROLLBACK");
  const checkpoint = connection.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
  return {
    async run(work) {
      const deadline = performance.now() + waitMs;
      // What has begun ends before this function lets go.
      while (!tryBegin(performance.now() < deadline)) await setTimeout(BUSY_PAUSE_MS);
      try {
        const value = work();
        commit.run();
        return value;
      } catch (error) {
        abandon();
        throw error;
      }
    },
    async emptyLog() {
      const deadline = performance.now() + waitMs;
      while (!withoutWaiting(() => checkpoint.get()?.busy === 0)) {
        if (performance.now() >= deadline) return false;
        await setTimeout(BUSY_PAUSE_MS);
      }
      return true;
    },
  };

  function tryBegin(mayWait: boolean): boolean {
    try {
      withoutWaiting(() => begin.run());
      return true;
    } catch (error) {
      if (mayWait && isBusy(error)) return false;
      throw error;
    }
  }

  function withoutWaiting<T>(ask: () => T): T {
    waitNot.get();
    try {
      return ask();
    } finally {
      waitLong.get();
    }
  }

  // After an error of the disk SQLite says itself whether a transaction is still open.
  function abandon(): void {
    try {
      if (connection.isTransaction) rollback.run();
    } catch {
      connection.close();
    }
  }
}

/** How often it is looked at meanwhile; whoever changes much at once leaves the file alone for longer in between. */
const BUSY_PAUSE_MS = 2;
