import { createProcessLock } from "../storage/process-lock.ts";

/**
 * Runs `work` while no other process changes the key file or what belongs to it;
 * does not wait, and does nothing when another process is at it.
 */
export function tryWhileLocked(keyFile: string, work: () => void): void {
  const lock = createProcessLock(keyFileLockPath(keyFile));
  try {
    if (!lock.tryAcquire()) return;
    work();
    lock.release();
  } finally {
    lock.close();
  }
}

/** The file that carries the lock of a key file. */
export function keyFileLockPath(keyFile: string): string {
  return `${keyFile}.owner`;
}
