import type { Clock } from "../../ports/clock.ts";
import type { RateLimiter } from "../../ports/rate-limiter.ts";

/** A minute, in the seconds that requests are counted by. */
const WINDOW_S = 60;
/** Up to this many callers nothing needs tidying. */
const SWEEP_FROM = 1024;
/** How many callers one call may look at to find quiet ones. */
const SWEEP_STEP = 256;
/**
 * Most callers that are remembered. Past it the one known longest is forgotten: whoever
 * can appear under that many names gains nothing by it, and refusing new callers instead
 * would let them shut everybody out.
 */
const CALLERS_MAX = 100_000;

/** The requests of one caller, counted by second, oldest first. */
interface Window {
  total: number;
  readonly seconds: number[];
  readonly counts: number[];
}

/**
 * Counts requests per caller in this process with a sliding window: in no sixty seconds
 * does a caller get more than its limit. Refused requests do not count.
 */
export function createMemoryRateLimiter(clock: Clock): RateLimiter & { readonly size: number } {
  const windows = new Map<string, Window>();
  let clockSaid = clock.now();
  let time = clockSaid;
  let sweep = windows.entries();

  // A clock that is set back must neither hand out a second budget nor stop the window until it has caught up.
  const timeNow = (): number => {
    const now = clock.now();
    time += Math.max(0, now - clockSaid);
    clockSaid = now;
    return time;
  };

  /** Forgets some callers who have been quiet for a minute. */
  const tidy = (now: number) => {
    for (let looked = 0; looked < SWEEP_STEP && windows.size > SWEEP_FROM; looked++) {
      const next = sweep.next();
      if (next.done) {
        sweep = windows.entries();
        return;
      }
      const [key, window] = next.value;
      forgetBefore(window, now);
      if (window.total === 0) windows.delete(key);
    }
  };

  const open = (key: string): Window => {
    const window: Window = { total: 0, seconds: [], counts: [] };
    windows.set(key, window);
    if (windows.size > CALLERS_MAX) windows.delete(windows.keys().next().value as string);
    return window;
  };

  return {
    allow(key, limit) {
      const now = timeNow();
      tidy(now);
      const window = windows.get(key) ?? open(key);
      forgetBefore(window, now);
      if (window.total >= limit) return false;
      count(window, Math.floor(now / 1000));
      return true;
    },
    get size() {
      return windows.size;
    },
  };
}

function count(window: Window, second: number): void {
  const last = window.seconds.length - 1;
  if (window.seconds[last] === second) window.counts[last]! += 1;
  else {
    window.seconds.push(second);
    window.counts.push(1);
  }
  window.total += 1;
}

/** Drops the seconds that lie wholly outside the window, so that a caller never gets too much, at most a second late. */
function forgetBefore(window: Window, now: number): void {
  const keepFrom = now / 1000 - WINDOW_S - 1;
  while (window.seconds.length > 0 && window.seconds[0]! <= keepFrom) {
    window.seconds.shift();
    window.total -= window.counts.shift()!;
  }
}
