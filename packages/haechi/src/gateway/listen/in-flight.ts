import { HaechiError } from "../../core/errors.ts";
import { createLoopDelay, TICK_MS } from "./loop-delay.ts";

/** What is more than a gateway takes on; 0 is no limit. */
export interface InFlightLimits {
  readonly exchangesMax: number;
  /** How far the event loop may be behind. */
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
  enter(): () => void;
  /** Other limits from now on; whoever has a place keeps it. */
  limitTo(limits: InFlightLimits): void;
  readonly count: number;
}

export type OverloadReason = "exchanges_max" | "loop_delay";

export function createInFlight(limits: InFlightLimits): InFlight {
  let count = 0;
  let { exchangesMax } = limits;
  let behind = watchLoop(limits);
  return {
    obstacle() {
      if (exchangesMax > 0 && count >= exchangesMax) return "exchanges_max";
      return behind.isOver() ? "loop_delay" : null;
    },
    enter() {
      // Who has been let in is not turned away for the time that the others take.
      if (exchangesMax > 0 && count >= exchangesMax) throw overloaded("exchanges_max");
      count++;
      let inside = true;
      return () => {
        if (inside) count--;
        inside = false;
      };
    },
    limitTo(next) {
      exchangesMax = next.exchangesMax;
      behind.stop();
      behind = watchLoop(next);
    },
    get count() {
      return count;
    },
  };
}

export function overloaded(reason: OverloadReason): HaechiError {
  return new HaechiError("OVERLOADED", "The gateway has as much to do as it takes on", { reason });
}

function watchLoop({ loopDelayMaxMs }: InFlightLimits): { isOver(): boolean; stop(): void } {
  if (loopDelayMaxMs === 0) return { isOver: () => false, stop: () => {} };
  const delay = createLoopDelay(() => performance.now());
  const timer = setInterval(delay.tick, TICK_MS).unref();
  return { isOver: () => delay.currentMs > loopDelayMaxMs, stop: () => clearInterval(timer) };
}
