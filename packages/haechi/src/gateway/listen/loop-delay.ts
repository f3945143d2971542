/** How late the event loop runs what is due: what an exchange waits at each of its steps, beside its own work. */
export interface LoopDelay {
  /** Milliseconds, with what the turn that is under way has taken so far. */
  readonly currentMs: number;
  /** Called every `TICK_MS`. */
  tick(): void;
}

/** How often the delay is measured: less than what anybody would call a delay. */
export const TICK_MS = 20;

/** @param now milliseconds of a clock that does not jump */
export function createLoopDelay(now: () => number): LoopDelay {
  let dueAt = now() + TICK_MS;
  let measuredMs = 0;
  return {
    get currentMs() {
      return Math.max(measuredMs, now() - dueAt);
    },
    tick() {
      const at = now();
      measuredMs = Math.max(0, at - dueAt);
      dueAt = at + TICK_MS;
    },
  };
}
