import { watchFiles } from "../providers/system/watch-files.ts";
import type { EndableProcess } from "./termination.ts";

/** Tells a process that serves when to read its configuration again: at SIGHUP, and when its file changes. */
export interface ReloadOccasions {
  /** From now on changes of the file count. */
  watch(path: string, intervalMs?: number): void;
  /** Calls back at each occasion, and at once when there was one before. */
  begin(reload: () => void): void;
  end(): void;
}

/** From the call on, a SIGHUP no longer ends the process. */
export function reloadOccasions(signals: Pick<EndableProcess, "on" | "off">): ReloadOccasions {
  let reload: (() => void) | null = null;
  let isAskedFor = false;
  let unwatch = () => {};
  const ask = () => {
    if (reload === null) isAskedFor = true;
    else reload();
  };
  signals.on("SIGHUP", ask);
  return {
    watch(path, intervalMs) {
      unwatch = watchFiles([path], ask, intervalMs);
    },
    begin(callback) {
      reload = callback;
      if (isAskedFor) callback();
    },
    end() {
      signals.off("SIGHUP", ask);
      unwatch();
    },
  };
}
