import type { Clock } from "../../ports/clock.ts";
import type { Quota, QuotaStanding, RateLimiter } from "../../ports/rate-limiter.ts";

/** In how many parts a window is counted. */
const WINDOW_PARTS = 60;
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

export interface MemoryRateLimiter extends RateLimiter {
  allow(key: string, limit: number): boolean;
  take(key: string, quota: Quota, amount: number): QuotaStanding;
  /** How many callers are remembered. */
  readonly size: number;
}

/**
 * Counts in this process with sliding windows: in no window's length does a caller get more
 * than its quota. What is refused does not count.
 */
export function createMemoryRateLimiter(clock: Clock): MemoryRateLimiter {
  // Apart by length, so that a flood of names in the short window drives nobody out of the long ones.
  const counters = new Map<number, WindowCounter>();
  let clockSaid = clock.now();
  let time = clockSaid;

  // A clock that is set back must neither hand out a second budget nor stop the window until it has caught up.
  const timeNow = (): number => {
    const now = clock.now();
    time += Math.max(0, now - clockSaid);
    clockSaid = now;
    return time;
  };

  const take = (key: string, { limit, windowS }: Quota, amount: number): QuotaStanding => {
    const counter = counters.get(windowS) ?? createCounter(windowS * 1000);
    counters.set(windowS, counter);
    return counter.take(key, limit, amount, timeNow());
  };

  return {
    take,
    allow: (key, limit) => take(key, { limit, windowS: 60 }, 1).isAllowed,
    get size() {
      return [...counters.values()].reduce((sum, { size }) => sum + size, 0);
    },
  };
}

/** What one caller has taken, counted by parts of the window, oldest first. */
interface Taken {
  total: number;
  readonly parts: number[];
  readonly amounts: number[];
}

interface WindowCounter {
  take(key: string, limit: number, amount: number, now: number): QuotaStanding;
  readonly size: number;
}

function createCounter(windowMs: number): WindowCounter {
  const partMs = windowMs / WINDOW_PARTS;
  const callers = new Map<string, Taken>();
  let sweep = callers.entries();

  /** Forgets some callers who have been quiet for a window. */
  const tidy = (now: number) => {
    for (let looked = 0; looked < SWEEP_STEP && callers.size > SWEEP_FROM; looked++) {
      const next = sweep.next();
      if (next.done) {
        sweep = callers.entries();
        return;
      }
      const [key, taken] = next.value;
      forgetBefore(taken, now);
      if (taken.total === 0) callers.delete(key);
    }
  };

  const open = (key: string): Taken => {
    const taken: Taken = { total: 0, parts: [], amounts: [] };
    callers.set(key, taken);
    if (callers.size > CALLERS_MAX) callers.delete(callers.keys().next().value as string);
    return taken;
  };

  /** Drops the parts that lie wholly outside the window, so that a caller never gets too much, at most a part late. */
  const forgetBefore = (taken: Taken, now: number) => {
    while (taken.parts.length > 0 && freeAt(taken.parts[0]!) <= now) {
      taken.parts.shift();
      taken.total -= taken.amounts.shift()!;
    }
  };

  /** When what was taken in a part does not count any more. */
  const freeAt = (part: number) => (part + 1) * partMs + windowMs;

  /** Milliseconds until `room` more is free; those of a whole window when it never will be. */
  const untilFree = ({ parts, amounts }: Taken, room: number, now: number) => {
    let freed = 0;
    for (const [index, part] of parts.entries()) {
      freed += amounts[index]!;
      if (freed >= room) return freeAt(part) - now;
    }
    return windowMs;
  };

  return {
    take(key, limit, amount, now) {
      tidy(now);
      const taken = callers.get(key) ?? open(key);
      forgetBefore(taken, now);
      const isAllowed = taken.total + amount <= limit;
      const room = isAllowed ? 1 : taken.total + amount - limit;
      if (isAllowed) count(taken, Math.floor(now / partMs), amount);
      const resetMs = isAllowed && taken.total === 0 ? 0 : untilFree(taken, room, now);
      return { isAllowed, remaining: Math.max(0, limit - taken.total), resetS: Math.ceil(resetMs / 1000) };
    },
    get size() {
      return callers.size;
    },
  };
}

function count(taken: Taken, part: number, amount: number): void {
  const last = taken.parts.length - 1;
  if (taken.parts[last] === part) taken.amounts[last]! += amount;
  else {
    taken.parts.push(part);
    taken.amounts.push(amount);
  }
  taken.total += amount;
}
