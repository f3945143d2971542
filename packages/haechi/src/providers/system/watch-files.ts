import fs from "node:fs";

/** How often a file is looked at, where nothing else is said. */
const INTERVAL_MS = 5000;

/** Calls back when one of the files was replaced, changed, made or removed; the returned function ends that. */
export function watchFiles(
  paths: readonly string[],
  onChange: () => void,
  intervalMs: number = INTERVAL_MS,
): () => void {
  // Looking again and again also sees what is mounted over a network, and links that are turned to another file.
  for (const path of paths) fs.watchFile(path, { interval: intervalMs, persistent: false }, onChange);
  return () => {
    for (const path of paths) fs.unwatchFile(path, onChange);
  };
}
