/** How late the event loop runs what is due, whatever it is that it does: what an exchange waits at each of its steps. */
export interface LoopDelay {
  /** The least of the last ticks, in milliseconds: one long turn is over when it is seen, a queue is still there. */
  readonly standingMs: number;
  /** Called every `TICK_MS`. */
  tick(): void;
}

/** How often the delay is measured: less than what anybody would call a delay. */
export const TICK_MS = 20;

/** Ticks in a row that must have been late. */
const TICKS = 3;

/** @param now milliseconds of a clock that does not jump */
export function createLoopDelay(now: () => number): LoopDelay {
  let dueAt = now() + TICK_MS;
  let late: readonly number[] = Array(TICKS).fill(0);
  return {
    get standingMs() {
      return Math.min(...late);
    },
    tick() {
      const at = now();
      late = [...late.slice(1), Math.max(0, at - dueAt)];
      dueAt = at + TICK_MS;
    },
  };
}
