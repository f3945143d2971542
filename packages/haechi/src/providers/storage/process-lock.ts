import fs from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { createEmptyFile } from "./create-empty-file.ts";
import { isBusy } from "./sqlite-error.ts";

/** A lock between processes that the kernel takes back when its holder dies. */
export interface ProcessLock {
  /** Resolves with whether the lock is held now; waits for another holder at most `waitMs`. */
  acquire(waitMs: number): Promise<boolean>;
  /** Whether the lock is held now, without waiting. */
  tryAcquire(): boolean;
  /** Whether somebody has waited for the lock since it is held here. */
  isWanted(): boolean;
  release(): void;
  close(): void;
}

/**
 * A lock on the file at `path`, which stays empty and may stay there: the file is
 * not the lock, so none can be left behind by a crash. Who waits sets the time of the
 * file, by which the holder knows.
 *
 * Node offers no flock. SQLite takes `fcntl` locks, which die with the process,
 * hold between containers that share a volume (a socket name would not, as it
 * belongs to a network namespace), and are told apart within one process too.
 */
export function createProcessLock(path: string): ProcessLock {
  createEmptyFile(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  let isSetUp = false;
  /** The time of the file when the lock was acquired. */
  let timeAtFirst = 0;
  const begin = database.prepare("BEGIN EXCLUSIVE");
  const rollback = database.prepare("ROLLBACK");
  return {
    tryAcquire,
    async acquire(waitMs) {
      for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
        if (tryAcquire()) return true;
        if (waitedMs >= waitMs) return false;
        // Each time: whoever holds it by now may have it since the last.
        askFor(path);
        await setTimeout(RETRY_MS);
      }
    },
    isWanted: () => timeOf(path) !== timeAtFirst,
    release() {
      rollback.run();
    },
    close() {
      database.close();
    },
  };

  function tryAcquire(): boolean {
    try {
      // The journal would be a file beside the lock; nothing is ever written that needs one.
      if (!isSetUp) database.exec("PRAGMA journal_mode = MEMORY");
      isSetUp = true;
      begin.run();
      timeAtFirst = timeOf(path);
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    }
  }
}

/** How often who waits looks again, in milliseconds. */
export const RETRY_MS = 2;

function askFor(path: string): void {
  const now = (performance.timeOrigin + performance.now()) / 1000;
  try {
    fs.utimesSync(path, now, now);
  } catch {
    // Of a file of somebody else only the owner may; then it is a matter of luck when the lock is seen free.
  }
}

function timeOf(path: string): number {
  return fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
