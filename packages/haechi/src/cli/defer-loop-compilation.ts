import { setFlagsFromString } from "node:v8";

/**
 * Keeps V8 from compiling loops while they run, until it has started. The loops of a start fill tables and
 * are never run again; compiling them takes longer than they do, and on one core a first request waits for it.
 */
export function deferLoopCompilation(): void {
  // Asked whenever a loop has become hot, so it may be set while the program runs; what is compiled meanwhile stays as it is.
  setFlagsFromString("--no-use-osr");
  setTimeout(() => setFlagsFromString("--use-osr"), START_MS_MAX).unref();
}

/** A start that ends with a first request takes less. */
const START_MS_MAX = 1000;
