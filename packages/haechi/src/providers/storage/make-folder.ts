import fs from "node:fs";
import { dirname, resolve } from "node:path";
import { durableFiles } from "./durable-files.ts";

/**
 * Makes sure of a folder; those that are made are 0700 and durable. A file in a folder
 * whose own name a power cut takes away is gone, however durable its bytes are.
 */
export function makeFolder(path: string): void {
  const first = fs.mkdirSync(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const above = dirname(resolve(first));
  for (let folder = dirname(resolve(path)); folder !== above; folder = dirname(folder))
    durableFiles.syncDirectory(folder);
  durableFiles.syncDirectory(above);
}
