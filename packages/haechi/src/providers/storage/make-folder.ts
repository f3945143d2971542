import fs from "node:fs";
import { dirname, resolve } from "node:path";
import { durableFiles } from "./durable-files.ts";

/**
 * Makes sure of a folder; those that are made are durable. A file in a folder
 * whose own name a power cut takes away is gone, however durable its bytes are.
 */
export function makeFolder(path: string, mode = 0o700): void {
  for (const folder of missingFolders(resolve(path))) {
    makeOne(folder, mode);
    durableFiles.syncDirectory(dirname(folder));
  }
}

/**
 * What has to be made, the outermost first. With `recursive` the platform makes a folder and its parent in turn for
 * ever, where the system says of a folder under an existing one that there is no such place, as it does in `/proc`.
 */
function missingFolders(path: string): readonly string[] {
  const missing: string[] = [];
  for (let folder = path; !fs.existsSync(folder); folder = dirname(folder)) {
    missing.unshift(folder);
    if (dirname(folder) === folder) break;
  }
  return missing.length === 0 && !fs.statSync(path).isDirectory() ? [path] : missing;
}

function makeOne(folder: string, mode: number): void {
  try {
    fs.mkdirSync(folder, { mode });
  } catch (error) {
    // Another process may have made it in the meantime.
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!isThere || !fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
