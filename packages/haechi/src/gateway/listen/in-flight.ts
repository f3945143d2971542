import { HaechiError } from "../../core/errors.ts";

/**
 * How many exchanges use the gateway at once. A place is taken only when the request has
 * been read whole: clients that send slowly hold connections, not places.
 */
export interface InFlight {
  /** False at the ceiling: an exchange need not be begun. */
  hasRoom(): boolean;
  /**
   * Takes a place; the returned function gives it back, once however often it is called.
   * @throws HaechiError OVERLOADED
   */
  enter(): () => void;
  /** Another ceiling from now on; whoever has a place keeps it. */
  limitTo(exchangesMax: number): void;
  readonly count: number;
}

/** @param exchangesMax 0 is no ceiling */
export function createInFlight(exchangesMax: number): InFlight {
  let count = 0;
  let ceiling = exchangesMax;
  const hasRoom = () => ceiling === 0 || count < ceiling;
  return {
    hasRoom,
    enter() {
      if (!hasRoom()) throw new HaechiError("OVERLOADED", "Too many exchanges are in flight");
      count++;
      let inside = true;
      return () => {
        if (inside) count--;
        inside = false;
      };
    },
    limitTo(exchangesMax) {
      ceiling = exchangesMax;
    },
    get count() {
      return count;
    },
  };
}
