import fs from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { clearInterval, setInterval } from "node:timers";
import { readEntry } from "../../core/audit/entry-line.ts";
import { FIRST_SEGMENT } from "../../core/audit/segments.ts";
import { isStillAt, readWholeLines } from "./audit-lines.ts";
import { listClosedSegments } from "./audit-segments.ts";
import { openRegularFile } from "./regular-file.ts";

/** Whole lines of a log, in their order. */
export interface FollowedLines {
  readonly lines: readonly string[];
  /** Whether they were there when the following began; the last of these comes with no lines. */
  readonly isOld: boolean;
}

/**
 * The lines of a log from its oldest segment on, and then those that are appended, over every segment that is
 * started, until `signal` aborts. Memory does not grow with the log. A line may be seen a moment before it is durable.
 */
export async function* followLog(path: string, signal: AbortSignal): AsyncGenerator<FollowedLines> {
  // Watched before the first look, so that nothing happens unseen between the two.
  const changes = watchFolder(dirname(path), signal);
  let isOld = true;
  /** The segment that has been read to its end. */
  let done = 0;
  try {
    while (!signal.aborted) {
      const segment = await openAfter(done, path);
      if (segment === null) {
        await changes.next();
        continue;
      }
      try {
        for (let isRead = false; !isRead; ) {
          // What is read of a file that has been closed before is all of it.
          isRead = segment.isClosed || !(await isStillAt(segment.file, path));
          for await (const lines of readOn(segment)) yield { lines, isOld };
          if (isRead) break;
          if (isOld) yield { lines: [], isOld };
          isOld = false;
          if (signal.aborted) return;
          await changes.next();
        }
        done = segment.number ?? done;
      } finally {
        await segment.file.close();
      }
    }
  } finally {
    changes.close();
  }
}

/** A file system that tells nothing of its changes is looked at this often. */
const LOOK_AGAIN_MS = 1_000;

interface FollowedSegment {
  readonly file: FileHandle;
  readonly isClosed: boolean;
  /** Null until a line says which one it is. */
  number: number | null;
  /** Bytes that have been read. */
  offset: number;
}

/** The oldest segment behind `number` that is there; null when there is no log. */
async function openAfter(number: number, path: string): Promise<FollowedSegment | null> {
  for (;;) {
    const next = listClosedSegments(path).find((segment) => segment.number > number);
    const file = await openRegularFile(next?.path ?? path);
    if (next !== undefined && file !== null) return { file, isClosed: true, number: next.number, offset: 0 };
    // A segment that expired in between is passed over.
    if (next !== undefined) continue;
    if (file === null) return null;
    // The open one may have been closed, and others after it, since the closed ones were listed.
    if (!listClosedSegments(path).some((segment) => segment.number > number)) {
      return { file, isClosed: false, number: null, offset: 0 };
    }
    await file.close();
  }
}

/** What has come to a segment, without a line that is not whole yet. */
async function* readOn(segment: FollowedSegment): AsyncGenerator<readonly string[]> {
  const { size } = await segment.file.stat();
  // An append that failed was taken back.
  if (size < segment.offset) segment.offset = size;
  for await (const lines of readWholeLines(segment.file, segment.offset)) {
    const texts = lines.map((line) => Buffer.from(line.buffer, line.byteOffset, line.length).toString("utf8"));
    segment.offset += lines.reduce((sum, { length }) => sum + length + 1, 0);
    segment.number ??= texts[0] === undefined ? null : segmentOf(texts[0]);
    if (texts.length > 0) yield texts;
  }
}

function segmentOf(line: string): number | null {
  const read = readEntry(line);
  return read.fault === null ? (read.integrity.segment ?? FIRST_SEGMENT) : null;
}

interface Changes {
  /** Resolves when something has changed since the last call, or may have. */
  next(): Promise<void>;
  close(): void;
}

function watchFolder(folder: string, signal: AbortSignal): Changes {
  let changed = Promise.withResolvers<void>();
  const notify = () => changed.resolve();
  const watcher = fs.watch(folder, notify);
  // The folder is looked at all the same.
  watcher.on("error", () => {});
  const looking = setInterval(notify, LOOK_AGAIN_MS);
  signal.addEventListener("abort", notify);
  return {
    async next() {
      await changed.promise;
      changed = Promise.withResolvers();
    },
    close() {
      signal.removeEventListener("abort", notify);
      clearInterval(looking);
      watcher.close();
    },
  };
}
