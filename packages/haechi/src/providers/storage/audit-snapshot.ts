import fs from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { HaechiError } from "../../core/errors.ts";
import type { LogSnapshot, SegmentSnapshot, TakeWholeLine } from "../../ports/audit-snapshot.ts";
import { readThrough, type TakeLine } from "./audit-lines.ts";
import { listClosedSegments } from "./audit-segments.ts";
import { createProcessLock } from "./process-lock.ts";

const LOCK_WAIT_MS = 5_000;

/**
 * Looks at the log at `path` under its lock: a line that is there while nobody appends
 * will not be taken back, as an append that fails is.
 * @throws HaechiError AUDIT_UNWRITABLE
 */
export async function takeSnapshot(path: string, lockWaitMs = LOCK_WAIT_MS): Promise<LogSnapshot> {
  if (!fs.existsSync(path)) return { segments: listClosedSegments(path).map(closedSegment), async close() {} };
  const lock = createProcessLock(join(fs.realpathSync(dirname(path)), `${basename(path)}.owner`));
  try {
    if (!(await lock.acquire(lockWaitMs))) {
      const message = `Another process has been writing the audit log for more than ${lockWaitMs} ms`;
      throw new HaechiError("AUDIT_UNWRITABLE", message, { reason: "audit_log_busy" });
    }
    try {
      const file = await open(path, "r");
      const { size } = await file.stat();
      const segments = [...listClosedSegments(path).map(closedSegment), openSegment(file, size)];
      return { segments, close: () => file.close() };
    } finally {
      lock.release();
    }
  } finally {
    lock.close();
  }
}

function closedSegment({ path, number }: { readonly path: string; readonly number: number }): SegmentSnapshot {
  return {
    number,
    async readLines(start, take) {
      const file = await open(path, "r");
      try {
        await readThrough(file, wholeOnly(take), { start });
      } finally {
        await file.close();
      }
    },
  };
}

function openSegment(file: FileHandle, end: number): SegmentSnapshot {
  return { number: null, readLines: (start, take) => readThrough(file, wholeOnly(take), { start, end }) };
}

/** A torn tail is for whoever appends next. */
function wholeOnly(take: TakeWholeLine): TakeLine {
  return (line, isWhole) => isWhole && take(line);
}
