import fs from "node:fs";
import { basename, dirname, join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { recoverTail, TAIL_WINDOW_BYTES } from "../../core/audit/recover-tail.ts";
import { HaechiError } from "../../core/errors.ts";
import type { AuditStore } from "../../ports/audit-store.ts";
import { type DurableFiles, durableFiles } from "./durable-files.ts";
import { makeFolder } from "./make-folder.ts";
import { createProcessLock, type ProcessLock, RETRY_MS } from "./process-lock.ts";

export interface FileAuditStoreOptions {
  readonly path: string;
  /** How long to wait for another process that appends to the same log. */
  readonly lockWaitMs?: number;
  /** The calls that make bytes durable; the file system's own when absent. */
  readonly files?: DurableFiles;
}

const LOCK_WAIT_MS = 5_000;
/** How long the log is kept when others wait for it: to take it up again costs more than an append. */
const TURN_MS = 50;
/** How long it is left to them then. */
const LEFT_MS = 3 * RETRY_MS;
/** Below this much free space a log counts as full. */
const FREE_BYTES_MIN = 64 * 1024;

/**
 * An append-only file, 0600, that one process at a time owns for a run of
 * appends. An append is one write that returns when the bytes are durable; one
 * that fails leaves the file as it was before.
 */
export function createFileAuditStore({
  path,
  lockWaitMs = LOCK_WAIT_MS,
  files = durableFiles,
}: FileAuditStoreOptions): AuditStore {
  let lock: ProcessLock | null = null;
  let isLocked = false;
  let lockedAt = 0;
  let log: OpenLog | null = null;
  /** True after a failed append, until one succeeds. */
  let isFailing = false;

  return { open, append, isTurnOver, release, ready, close };

  async function open() {
    try {
      await takeLock();
      if (log !== null && isUnchanged(log, path)) return { lastLine: log.lastLine, droppedBytes: 0 };
      if (log !== null) fs.closeSync(log.fd);
      log = null;
      const { opened, droppedBytes } = openLog(path, files);
      log = opened;
      return { lastLine: opened.lastLine, droppedBytes };
    } catch (error) {
      await release();
      if (error instanceof HaechiError) throw error;
      isFailing = true;
      throw new HaechiError("AUDIT_UNWRITABLE", "The audit log cannot be opened", {
        cause: error,
        reason: "audit_open_failed",
      });
    }
  }

  async function append(lines: readonly string[]) {
    if (log === null || !isLocked) throw new HaechiError("AUDIT_UNWRITABLE", "The audit log is not open");
    const bytes = Buffer.from(`${lines.join("\n")}\n`, "utf8");
    try {
      await files.write(log.fd, bytes);
    } catch (error) {
      isFailing = true;
      undo(log);
      log = null;
      throw new HaechiError("AUDIT_UNWRITABLE", "The audit log cannot be written", {
        cause: error,
        reason: "audit_write_failed",
      });
    }
    isFailing = false;
    log.committedBytes += bytes.length;
    log.lastLine = lines.at(-1) ?? log.lastLine;
  }

  /** After a failure the file is opened anew: what the kernel still caches of it is not to be trusted. */
  function undo({ fd, committedBytes }: OpenLog): void {
    try {
      files.truncate(fd, committedBytes);
    } catch {
      // The file could not be shortened either; the next `open` drops what is torn.
    }
    fs.closeSync(fd);
  }

  async function takeLock() {
    if (isLocked) return;
    if (lock === null) {
      const directory = dirname(path);
      makeFolder(directory);
      lock = createProcessLock(join(fs.realpathSync(directory), `${basename(path)}.owner`));
    }
    isLocked = await lock.acquire(lockWaitMs);
    lockedAt = performance.now();
    if (!isLocked) {
      const message = `Another process has been writing the audit log for more than ${lockWaitMs} ms`;
      throw new HaechiError("AUDIT_UNWRITABLE", message, { reason: "audit_log_busy" });
    }
  }

  function isTurnOver(): boolean {
    return isLocked && performance.now() - lockedAt >= TURN_MS && lock?.isWanted() === true;
  }

  async function release() {
    if (!isLocked) return;
    isLocked = false;
    const isWanted = lock?.isWanted() === true;
    try {
      lock?.release();
    } catch {
      // Closing what holds the lock frees it too.
      lock?.close();
      lock = null;
    }
    // Another process finds the lock free when it looks next.
    await (isWanted ? setTimeout(LEFT_MS) : setImmediate());
  }

  async function ready() {
    const reason =
      findObstacle(path) ?? (isFailing && !(await canWriteBeside(path, files)) ? "audit_write_failed" : null);
    return reason === null ? { ok: true } : { ok: false, reason };
  }

  async function close() {
    await release();
    lock?.close();
    lock = null;
    if (log !== null) fs.closeSync(log.fd);
    log = null;
  }
}

interface OpenLog {
  readonly fd: number;
  readonly inode: bigint;
  committedBytes: number;
  lastLine: string | null;
}

/** True when the path still names the file that was opened, and nobody else wrote to it. */
function isUnchanged({ inode, committedBytes }: OpenLog, path: string): boolean {
  const found = fs.statSync(path, { bigint: true, throwIfNoEntry: false });
  return found !== undefined && found.ino === inode && found.size === BigInt(committedBytes);
}

function openLog(path: string, files: DurableFiles): { opened: OpenLog; droppedBytes: number } {
  const isNew = !fs.existsSync(path);
  const fd = files.openForAppend(path);
  try {
    if (isNew) files.syncDirectory(dirname(path));
    fs.fchmodSync(fd, 0o600);
    const { size: bigSize, ino: inode } = fs.fstatSync(fd, { bigint: true });
    const size = Number(bigSize);
    if (size === 0) return { opened: { fd, inode, committedBytes: 0, lastLine: null }, droppedBytes: 0 };
    const window = readEnd(fd, size);
    const tail = recoverTail(window, window.length === size);
    if ("fault" in tail) {
      const message = `The audit log cannot be continued: ${tail.fault}. Verify it and move it aside`;
      throw new HaechiError("LOG_INCONSISTENT", message);
    }
    const droppedBytes = window.length - tail.keptBytes;
    const committedBytes = size - droppedBytes;
    if (droppedBytes > 0) files.truncate(fd, committedBytes);
    return { opened: { fd, inode, committedBytes, lastLine: tail.lastLine }, droppedBytes };
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

function readEnd(fd: number, size: number): Buffer {
  const window = Buffer.allocUnsafe(Math.min(size, TAIL_WINDOW_BYTES));
  let read = 0;
  while (read < window.length) {
    const count = fs.readSync(fd, window, read, window.length - read, size - window.length + read);
    if (count === 0) break;
    read += count;
  }
  return window.subarray(0, read);
}

/** Why an append would fail, as far as that shows without writing. */
function findObstacle(path: string): string | null {
  const directory = dirname(path);
  try {
    makeFolder(directory);
    fs.accessSync(directory, fs.constants.W_OK);
  } catch {
    return "audit_dir_not_writable";
  }
  try {
    if (fs.existsSync(path)) fs.accessSync(path, fs.constants.W_OK);
  } catch {
    return "audit_file_not_writable";
  }
  const { blocks, bavail, bsize } = fs.statfsSync(directory);
  // A file system without a size (some in memory) reports no blocks at all.
  return blocks > 0 && bavail * bsize < FREE_BYTES_MIN ? "audit_disk_full" : null;
}

/** Really writes, to a file that has lost its name before: a crash leaves nothing behind. */
async function canWriteBeside(path: string, files: DurableFiles): Promise<boolean> {
  const probe = `${path}.probe`;
  try {
    const fd = files.openForAppend(probe);
    try {
      fs.unlinkSync(probe);
      await files.write(fd, Buffer.alloc(4096));
    } finally {
      fs.closeSync(fd);
    }
    return true;
  } catch {
    return false;
  }
}
