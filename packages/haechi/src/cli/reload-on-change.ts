import { watchFiles } from "../providers/system/watch-files.ts";
import type { EndableProcess } from "./termination.ts";

/** What makes a process that serves read its configuration again. */
export interface ReloadOccasions {
  readonly signals: Pick<EndableProcess, "on" | "off">;
  /** A file that is watched; null for none. */
  readonly path: string | null;
  readonly intervalMs?: number;
}

/** Calls back at SIGHUP and when the file changes; the returned function ends that. */
export function reloadOnChange({ signals, path, intervalMs }: ReloadOccasions, reload: () => void): () => void {
  signals.on("SIGHUP", reload);
  const unwatch = watchFiles(path === null ? [] : [path], reload, intervalMs);
  return () => {
    signals.off("SIGHUP", reload);
    unwatch();
  };
}
