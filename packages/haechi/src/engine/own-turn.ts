import { setImmediate } from "node:timers/promises";
import type { Steps } from "../core/document/splice.ts";

/**
 * Lets everybody else have a turn of the event loop before something that takes as long as
 * there is much of it. What is small goes on at once.
 * @param count how many findings, or the like, are to be worked on
 */
export async function ownTurn(count: number): Promise<void> {
  if (count > AT_ONCE_MAX) await setImmediate();
}

// Each step takes about a microsecond for a finding.
const AT_ONCE_MAX = 1_000;

/** The result of all steps, with a turn for everybody else between each two. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await setImmediate();
  }
}
