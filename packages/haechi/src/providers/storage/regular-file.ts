import fs from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { HaechiError } from "../../core/errors.ts";

/**
 * Opens a file for reading, and nothing else that may have its name: a pipe may never begin, and a device never end.
 * @returns null when there is none
 * @throws HaechiError LOG_INCONSISTENT
 */
export async function openRegularFile(path: string): Promise<FileHandle | null> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, READ_AT_ONCE);
    if (!(await file.stat()).isFile()) throw unusable(path, "is no regular file");
    return file;
  } catch (error) {
    await file?.close();
    if (isMissing(error)) return null;
    throw asUnusable(path, error);
  }
}

/**
 * The text of a file that has at most `bytesMax`.
 * @throws HaechiError LOG_INCONSISTENT
 */
export function readRegularFile(path: string, bytesMax: number): string {
  let fd: number | null = null;
  try {
    fd = fs.openSync(path, READ_AT_ONCE);
    const stat = fs.fstatSync(fd);
    if (!stat.isFile()) throw unusable(path, "is no regular file");
    if (stat.size > bytesMax) throw unusable(path, `is larger than ${bytesMax} bytes`);
    return fs.readFileSync(fd, "utf8");
  } catch (error) {
    throw asUnusable(path, error);
  } finally {
    if (fd !== null) fs.closeSync(fd);
  }
}

// Without O_NONBLOCK a pipe is opened when somebody writes to it. Windows has no such pipes.
const READ_AT_ONCE = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function asUnusable(path: string, error: unknown): unknown {
  const isOfSystem = error instanceof Error && "syscall" in error && "code" in error;
  return isOfSystem ? unusable(path, `cannot be read (${error.code})`, error) : error;
}

/** A name may have been chosen by whoever wants to write to a terminal. */
function unusable(path: string, why: string, cause?: unknown): HaechiError {
  const name = basename(path).replace(/[^\w.-]/g, "?");
  return new HaechiError("LOG_INCONSISTENT", `${name} ${why}`, { cause });
}
