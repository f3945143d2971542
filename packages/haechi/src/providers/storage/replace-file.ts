import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { durableFiles } from "./durable-files.ts";

/**
 * Replaces a whole file, durably, readable by its owner only. Whoever opens it, even after
 * a power cut, finds all of the old text or all of the new.
 */
export function replaceFile(path: string, text: string): void {
  const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  // Created anew, so that nobody can have put a link in its place.
  const fd = openSync(draft, "wx", 0o600);
  try {
    try {
      writeFileSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  durableFiles.syncDirectory(dirname(path));
}
