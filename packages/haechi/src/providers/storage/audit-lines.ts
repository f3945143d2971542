import type { FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { segmentNumberInName } from "../../core/audit/segments.ts";
import { HaechiError } from "../../core/errors.ts";
import { listClosedSegments } from "./audit-segments.ts";
import { openRegularFile } from "./regular-file.ts";

/** One segment of a log, to be read once. */
export interface ReadableSegment {
  readonly path: string;
  /** The number in its name; null for the open segment. */
  readonly number: number | null;
  /**
   * Calls `take` for each line, in memory that does not grow with the file, until it
   * returns false. `isWhole` is false for bytes behind the last newline and for a line
   * that is too long. The bytes are good until `take` returns.
   */
  readLines(take: TakeLine, onRead?: (bytes: number) => void): Promise<"read" | "missing">;
}

export type TakeLine = (line: Uint8Array, isWhole: boolean) => boolean;

/**
 * Gives `work` the segments of the log at `path`, oldest first, as they are at one
 * moment of a writer that may be closing one. A path that is itself the name of a
 * closed segment is that segment alone.
 */
export async function withSegments<T>(
  path: string,
  work: (segments: readonly ReadableSegment[]) => Promise<T>,
): Promise<T> {
  const segments = await findSegments(path);
  try {
    return await work(segments);
  } finally {
    for (const segment of segments) await segment.close();
  }
}

async function findSegments(path: string): Promise<readonly OpenedSegment[]> {
  const alone = segmentNumberInName(basename(path));
  if (alone !== null) return [readableFile(path, alone)];
  for (let attempt = 1; ; attempt++) {
    const file = await openRegularFile(path);
    const closed = listClosedSegments(path).map((segment) => readableFile(segment.path, segment.number));
    if (file === null) return [...closed, missingSegment(path)];
    if (attempt === ATTEMPTS_MAX || (await isStillAt(file, path))) return [...closed, readableHandle(path, file)];
    // It was closed while the others were listed; it may be one of them now.
    await file.close();
  }
}

/**
 * The whole lines of a log, over all its segments, some at a time; a missing log has none.
 * @throws HaechiError LOG_INCONSISTENT for a line that is too long
 */
export async function* readLogLines(path: string): AsyncGenerator<readonly Uint8Array[]> {
  const segments = await findSegments(path);
  try {
    for (const segment of segments) {
      for await (const lines of segment.pieces()) yield lines;
    }
  } finally {
    for (const segment of segments) await segment.close();
  }
}

/** Lines of a file of any kind; a missing file has none. */
export async function readFileLines(path: string, take: TakeLine): Promise<"read" | "missing"> {
  return await readableFile(path, 0).readLines(take);
}

/** Longest line that is read; no entry comes near it. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;
const ATTEMPTS_MAX = 8;

interface OpenedSegment extends ReadableSegment {
  pieces(): AsyncGenerator<readonly Uint8Array[]>;
  close(): Promise<void>;
}

/**
 * The whole lines of a file from `start` on, some at a time.
 * @throws HaechiError LOG_INCONSISTENT for a line that is too long: what stands behind it would be passed over unseen
 */
export async function* readWholeLines(file: FileHandle, start = 0): AsyncGenerator<readonly Uint8Array[]> {
  for await (const { lines, rest } of readPieces(file, { start })) {
    if (rest !== null && isTooLong(rest)) throw lineTooLong();
    yield lines;
  }
}

/** True for what no entry can be; nothing behind it is read. */
export function isTooLong(line: Uint8Array): boolean {
  return line.length > LINE_BYTES_MAX;
}

export function lineTooLong(): HaechiError {
  const message = "The audit log has a line that is too long; haechi audit-verify says where";
  return new HaechiError("LOG_INCONSISTENT", message);
}

function readableFile(path: string, number: number): OpenedSegment {
  return {
    path,
    number,
    async readLines(take, onRead) {
      const file = await openRegularFile(path);
      if (file === null) return "missing";
      try {
        await readThrough(file, take, onRead === undefined ? {} : { onRead });
        return "read";
      } finally {
        await file.close();
      }
    },
    async *pieces() {
      const file = await openRegularFile(path);
      if (file === null) return;
      try {
        yield* readWholeLines(file);
      } finally {
        await file.close();
      }
    },
    async close() {},
  };
}

function readableHandle(path: string, file: FileHandle): OpenedSegment {
  return {
    path,
    number: null,
    async readLines(take, onRead) {
      await readThrough(file, take, onRead === undefined ? {} : { onRead });
      return "read";
    },
    pieces: () => readWholeLines(file),
    close: () => file.close(),
  };
}

function missingSegment(path: string): OpenedSegment {
  return { path, number: null, readLines: async () => "missing", async *pieces() {}, async close() {} };
}

/** Gives the lines of a file that stand from `start` up to `end`. */
export async function readThrough(file: FileHandle, take: TakeLine, range: ReadRange = {}): Promise<void> {
  for await (const { lines, rest } of readPieces(file, range)) {
    for (const line of lines) if (!take(line, true)) return;
    if (rest !== null) take(rest, false);
  }
}

interface ReadRange {
  readonly start?: number;
  readonly end?: number;
  readonly onRead?: (bytes: number) => void;
}

/** The lines of each piece that is read; `rest` is what no newline ends, in the last one. */
async function* readPieces(
  file: FileHandle,
  { start: from = 0, end: to = Number.POSITIVE_INFINITY, onRead }: ReadRange,
): AsyncGenerator<{ readonly lines: readonly Uint8Array[]; readonly rest: Uint8Array | null }> {
  let rest = Buffer.alloc(0);
  let position = from;
  for (;;) {
    const wanted = Math.max(0, Math.min(CHUNK_BYTES, to - position));
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
    if (bytesRead === 0) break;
    onRead?.(bytesRead);
    position += bytesRead;
    const chunk = buffer.subarray(0, bytesRead);
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: Uint8Array[] = [];
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
      lines.push(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    yield { lines, rest: null };
    if (isTooLong(rest)) break;
  }
  if (rest.length > 0) yield { lines: [], rest };
}

/** Whether the path still names the file that was opened there. */
export async function isStillAt(file: FileHandle, path: string): Promise<boolean> {
  const now = await openRegularFile(path);
  if (now === null) return false;
  try {
    const [left, right] = await Promise.all([file.stat({ bigint: true }), now.stat({ bigint: true })]);
    return left.ino === right.ino && left.dev === right.dev;
  } finally {
    await now.close();
  }
}
