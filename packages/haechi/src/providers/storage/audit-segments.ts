import fs from "node:fs";
import { basename, dirname, join } from "node:path";
import { closedSegmentName, closedSegmentNumber } from "../../core/audit/segments.ts";
import { HaechiError } from "../../core/errors.ts";
import type { AuditSegments } from "../../ports/audit-store.ts";
import { writeNewFile } from "./atomic-write.ts";
import { durableFiles } from "./durable-files.ts";

/** The calls that make one file the next; tests stop after each of them. */
export interface SegmentFiles {
  /** Writes a whole file, 0600 and durable, in place of any of that name. */
  write(path: string, text: string): void;
  /** Gives a file a second name. Fails when something has it. */
  link(path: string, name: string): void;
  /** Moves a file over another, as one step. */
  rename(from: string, to: string): void;
  /** Makes names durable. */
  syncDirectory(path: string): void;
}

/**
 * The segments of the log at `path`, as files beside it. The open one always has
 * the name of the log and is never missing or empty, whatever moment a crash picks:
 * it gets a second name, and then the next one is moved over its first. Needs a file
 * system with hard links.
 */
export function createFileAuditSegments(path: string, files: SegmentFiles = segmentFiles): AuditSegments {
  return {
    bytes: () => fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0,
    async start(firstLine, closing) {
      const closed = closedSegmentPath(path, closing);
      const next = `${path}.next`;
      try {
        files.write(next, `${firstLine}\n`);
        // A crash between the two steps below leaves one file under both names.
        if (!isSameFile(path, closed)) {
          if (fs.existsSync(closed)) throw taken(closing);
          files.link(path, closed);
          files.syncDirectory(dirname(path));
        }
        files.rename(next, path);
        files.syncDirectory(dirname(path));
      } catch (cause) {
        if (cause instanceof HaechiError) throw cause;
        const message = "The segment of the audit log cannot be closed";
        throw new HaechiError("AUDIT_UNWRITABLE", message, { cause, reason: "audit_rotation_failed" });
      }
    },
  };
}

/** Where a closed segment of the log at `path` is. */
export function closedSegmentPath(path: string, number: number): string {
  return join(dirname(path), closedSegmentName(basename(path), number));
}

export interface SegmentFile {
  readonly path: string;
  /** The number in its name. */
  readonly number: number;
}

/** The closed segments of the log at `path` that are there, oldest first. A missing folder has none. */
export function listClosedSegments(path: string): readonly SegmentFile[] {
  const names = fs.existsSync(dirname(path)) ? fs.readdirSync(dirname(path)) : [];
  return names
    .map((name) => closedSegmentNumber(basename(path), name))
    .filter((number) => number !== null)
    .sort((left, right) => left - right)
    .map((number) => ({ path: closedSegmentPath(path, number), number }))
    .filter((segment) => !isSameFile(path, segment.path));
}

const segmentFiles: SegmentFiles = {
  write(path, text) {
    fs.rmSync(path, { force: true });
    writeNewFile(path, text);
  },
  link: (path, name) => fs.linkSync(path, name),
  rename: (from, to) => fs.renameSync(from, to),
  syncDirectory: durableFiles.syncDirectory,
};

function isSameFile(left: string, right: string): boolean {
  const [a, b] = [statOf(left), statOf(right)];
  return a !== null && b !== null && a.ino === b.ino && a.dev === b.dev;
}

/** Null for what is not there, and for links that lead nowhere. */
function statOf(path: string): fs.BigIntStats | null {
  try {
    return fs.statSync(path, { bigint: true });
  } catch {
    return null;
  }
}

function taken(number: number): HaechiError {
  const message = `There is another closed segment ${number} already; verify the audit log and move it aside`;
  return new HaechiError("LOG_INCONSISTENT", message, { reason: "audit_segment_taken" });
}
