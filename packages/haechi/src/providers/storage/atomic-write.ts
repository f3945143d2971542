import fs from "node:fs";
import { dirname } from "node:path";
import { durableFiles } from "./durable-files.ts";
import { makeFolder } from "./make-folder.ts";

/**
 * Replaces a file as a whole, 0600 in a directory that is 0700 when it is made
 * here. After a crash at any moment the old or the new content is there, never a
 * part of either. The caller keeps other writers of the same file away.
 */
export function atomicWrite(path: string, text: string): void {
  const directory = dirname(path);
  makeFolder(directory);
  // Always the same name, so that a crash leaves at most one, which the next write takes over.
  const temporary = `${path}.tmp`;
  fs.rmSync(temporary, { force: true });
  writeNewFile(temporary, text);
  fs.renameSync(temporary, path);
  durableFiles.syncDirectory(directory);
}

/** Makes a file, 0600, with durable content; one that cannot be written is not left there. */
export function writeNewFile(path: string, text: string): void {
  const fd = fs.openSync(path, "wx", 0o600);
  let isWritten = false;
  try {
    fs.writeFileSync(fd, text);
    fs.fsyncSync(fd);
    isWritten = true;
  } finally {
    fs.closeSync(fd);
    if (!isWritten) fs.rmSync(path, { force: true });
  }
}
