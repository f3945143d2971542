/** When refusals may go out. */
export interface RefusalPace {
  /** Milliseconds until the next one may. */
  nextPauseMs(): number;
}

/**
 * Holds refusals back. Whoever asks again at once takes from those that were let in what the refusal was to save, and
 * who was refused together comes back together: so they go out one by one, as many as cost a small part of the
 * processor.
 * @param now milliseconds of a clock that does not jump
 */
export function createRefusalPace(now: () => number): RefusalPace {
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    nextPauseMs() {
      const at = now();
      const slot = Math.max(at + PAUSE_MS_MIN, lastAt + SPACING_MS);
      lastAt = Math.min(slot, at + PAUSE_MS_MAX);
      return lastAt - at;
    },
  };
}

/** Nobody is told to come back sooner than after a second. */
const PAUSE_MS_MIN = 100;
const PAUSE_MS_MAX = 1000;
const SPACING_MS = 0.5;
