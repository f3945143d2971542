import { type BigIntStats, stat, statSync } from "node:fs";

/** How often a file is looked at, where nothing else is said. */
const INTERVAL_MS = 5000;

/**
 * Calls back when one of the files was replaced, changed, made or removed since the call; the returned function
 * ends that. It does not keep the process alive.
 */
export function watchFiles(
  paths: readonly string[],
  onChange: () => void,
  intervalMs: number = INTERVAL_MS,
): () => void {
  // Looking again and again also sees what is mounted over a network, and links that are turned to another file.
  // The first look is taken at once: a change right after it must not be taken for what was there before.
  const seen = new Map(paths.map((path) => [path, markOf(statSync(path, { bigint: true, throwIfNoEntry: false }))]));
  let isEnded = false;
  const look = () => {
    for (const path of paths) {
      stat(path, { bigint: true }, (error, stats) => {
        const mark = markOf(error === null ? stats : undefined);
        if (isEnded || mark === seen.get(path)) return;
        seen.set(path, mark);
        onChange();
      });
    }
  };
  const timer = setInterval(look, intervalMs).unref();
  return () => {
    isEnded = true;
    clearInterval(timer);
  };
}

/** Differs when a file is another one or holds something else; empty for none. */
function markOf(stats: BigIntStats | undefined): string {
  return stats === undefined ? "" : `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
}
