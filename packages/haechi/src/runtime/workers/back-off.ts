/** How long to wait before something is started again that has ended. */
export interface BackOff {
  /** Called when it has ended: milliseconds. The first is none. */
  next(): number;
}

/** @param now milliseconds of a clock that does not jump */
export function createBackOff(now: () => number): BackOff {
  let recent: number[] = [];
  return {
    next() {
      const time = now();
      recent = [...recent.filter((ended) => ended > time - REMEMBERED_MS), time];
      return recent.length === 1 ? 0 : Math.min(WAIT_MAX_MS, WAIT_MS * 2 ** (recent.length - 2));
    },
  };
}

/** Whoever has run for this long begins anew. */
const REMEMBERED_MS = 60_000;
const WAIT_MS = 100;
const WAIT_MAX_MS = 10_000;
