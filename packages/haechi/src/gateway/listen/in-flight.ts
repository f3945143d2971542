import { HaechiError } from "../../core/errors.ts";
import { createLoopDelay, TICK_MS } from "./loop-delay.ts";
import { createOwnWork, type LoopUse } from "./own-work.ts";

/** What is more than a gateway takes on; 0 is no limit. */
export interface InFlightLimits {
  readonly exchangesMax: number;
  /** How long an exchange may wait for what the gateway itself has to do. */
  readonly loopDelayMaxMs: number;
}

/**
 * How many exchanges use the gateway at once. A place is taken only when the request has
 * been read whole: clients that send slowly hold connections, not places.
 */
export interface InFlight {
  /** Why no exchange need be begun now; null while one may. */
  obstacle(): OverloadReason | null;
  /**
   * Takes a place; the returned function gives it back, once however often it is called.
   * @throws HaechiError OVERLOADED
   */
  enter(exchange: object): () => void;
  /** What the gateway does for a request is done: the exchange waits for the upstream, and keeps its place. */
  handOver(exchange: object): void;
  /** Other limits from now on; whoever has a place keeps it. */
  limitTo(limits: InFlightLimits): void;
  readonly count: number;
}

export type OverloadReason = "exchanges_max" | "loop_delay";

export function createInFlight(limits: InFlightLimits): InFlight {
  let count = 0;
  let { exchangesMax } = limits;
  let delay = watchDelay(limits);
  const isFull = () => exchangesMax > 0 && count >= exchangesMax;
  return {
    obstacle() {
      if (isFull()) return "exchanges_max";
      return delay.isOver(1) ? "loop_delay" : null;
    },
    enter(exchange) {
      if (isFull()) throw overloaded("exchanges_max");
      // Whose head was let in is not turned away for what a few others took meanwhile; many bodies that
      // come to their end together are.
      if (delay.isOver(2)) throw overloaded("loop_delay");
      count++;
      const { begin, end } = delay;
      begin(exchange);
      let inside = true;
      return () => {
        if (inside) count--;
        inside = false;
        end(exchange);
      };
    },
    handOver: (exchange) => delay.end(exchange),
    limitTo(next) {
      exchangesMax = next.exchangesMax;
      delay.stop();
      delay = watchDelay(next);
    },
    get count() {
      return count;
    },
  };
}

export function overloaded(reason: OverloadReason): HaechiError {
  return OVERLOADED[reason];
}

// Made once: where they are thrown says nothing, and writing that down takes longer than the rest of a refusal.
const OVERLOADED: Readonly<Record<OverloadReason, HaechiError>> = {
  exchanges_max: tooMuch("exchanges_max"),
  loop_delay: tooMuch("loop_delay"),
};

function tooMuch(reason: OverloadReason): HaechiError {
  return new HaechiError("OVERLOADED", "The gateway has as much to do as it takes on", { reason });
}

/** Tells whether an exchange would wait so many times longer than it may. */
interface DelayWatch {
  isOver(times: number): boolean;
  begin(exchange: object): void;
  end(exchange: object): void;
  stop(): void;
}

const NO_WATCH: DelayWatch = { isOver: () => false, begin: () => {}, end: () => {}, stop: () => {} };

/** However long each takes, so many are worked on at once: some of them wait for the disk. */
const AT_ONCE_MIN = 4;

function watchDelay({ loopDelayMaxMs }: InFlightLimits): DelayWatch {
  if (loopDelayMaxMs === 0) return NO_WATCH;
  const loop = createLoopDelay(() => performance.now());
  const work = createOwnWork(readLoop);
  const timer = setInterval(() => {
    loop.tick();
    work.tick();
  }, TICK_MS).unref();
  return {
    isOver: (times) =>
      loop.standingMs > loopDelayMaxMs || (work.count >= AT_ONCE_MIN * times && work.waitMs > loopDelayMaxMs * times),
    begin: work.begin,
    end: work.end,
    stop: () => clearInterval(timer),
  };
}

function readLoop(): LoopUse {
  const { active, idle } = performance.eventLoopUtilization();
  return { active, idle, turns: performance.nodeTiming.uvMetricsInfo.loopCount };
}
