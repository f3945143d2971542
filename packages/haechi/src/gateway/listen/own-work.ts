/** What the event loop has done since it began, in milliseconds. */
export interface LoopUse {
  readonly active: number;
  readonly idle: number;
  readonly turns: number;
}

/**
 * The exchanges that wait for the gateway itself: their request is there, has not been handed to the upstream, and waits
 * for nobody else. What one more would wait behind them is their number times what the gateway takes for each, the
 * refusals and the answers that it deals with in between included; and a turn of the event loop for each later step of
 * its own.
 */
export interface OwnWork {
  /** Milliseconds that an exchange waits that is taken on now. */
  readonly waitMs: number;
  readonly count: number;
  /** Its request is there. */
  begin(exchange: object): void;
  /** Once or more often: from now on the exchange waits for others. */
  end(exchange: object): void;
  /** Called every now and then: learns what an exchange takes. */
  tick(): void;
}

export function createOwnWork(readLoop: () => LoopUse): OwnWork {
  const inHand = new Set<object>();
  /** Those in hand that the loop may not have come to yet. */
  const queued = new Set<object>();
  let perExchangeMs = PRIOR_MS;
  let turnsMs: readonly number[] = Array(TICKS).fill(0);
  let ended = 0;
  let before = readLoop();
  let lastTurns = before;
  return {
    get waitMs() {
      return queued.size * perExchangeMs + LATER_STEPS * Math.min(...turnsMs);
    },
    get count() {
      return queued.size;
    },
    begin(exchange) {
      inHand.add(exchange);
      queued.add(exchange);
    },
    end(exchange) {
      queued.delete(exchange);
      if (inHand.delete(exchange)) ended++;
    },
    tick() {
      const now = readLoop();
      const turns = now.turns - lastTurns.turns;
      if (turns > 0) {
        turnsMs = [...turnsMs.slice(1), (now.active - lastTurns.active) / turns];
        // A loop that idled has come to all that was there: what is still in hand waits for a detector or a slow disk.
        if (now.idle - lastTurns.idle >= now.active - lastTurns.active) queued.clear();
        lastTurns = now;
      }
      // Until one has ended, the time goes on counting for those that do.
      if (ended === 0) return;
      const active = now.active - before.active;
      const isBusy = active > BUSY_SHARE * (active + now.idle - before.idle);
      // A process that stood still for a while was not busy with what it got done then.
      const sample = Math.min(active / ended, GROWTH_MAX * perExchangeMs);
      // All that the loop does is an upper bound of what these exchanges were. It is what each of them takes
      // where the loop does nothing but what is queued; where it idles, other work may be most of it.
      if (isBusy || sample < perExchangeMs) perExchangeMs += LEARNED_SHARE * (sample - perExchangeMs);
      before = now;
      ended = 0;
    },
  };
}

/** Before anything was measured: more than an exchange of ordinary size takes. */
const PRIOR_MS = 1;
/** Recorded, answered by the upstream, answered to the client. */
const LATER_STEPS = 3;
const BUSY_SHARE = 0.9;
const LEARNED_SHARE = 0.2;
/** How much longer than before one is held to take at once. */
const GROWTH_MAX = 4;
/** Looks at the loop of which the shortest turns count: one long turn is over when it is seen. */
const TICKS = 3;
