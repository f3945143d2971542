/** When refusals may go out. */
export interface RefusalPace {
  /**
   * Milliseconds until the next one may.
   * @param unreadBytes of the body that comes with what is refused
   */
  nextPauseMs(unreadBytes: number): number;
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
    nextPauseMs(unreadBytes) {
      const at = now();
      const spacingMs = SPACING_MS + SPACING_MS_PER_BYTE * unreadBytes;
      const slot = Math.max(at + PAUSE_MS_MIN, lastAt + spacingMs);
      lastAt = Math.min(slot, at + PAUSE_MS_MAX);
      return lastAt - at;
    },
  };
}

/** Nobody is told to come back sooner than after a second. */
const PAUSE_MS_MIN = 100;
const PAUSE_MS_MAX = 1000;
const SPACING_MS = 0.5;
/** What is on its way is taken off the wire before the connection is closed. */
const SPACING_MS_PER_BYTE = 1 / 65_536;
