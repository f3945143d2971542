import { HaechiError } from "../../core/errors.ts";
import type { Clock } from "../../ports/clock.ts";
import { systemClock } from "../system/system-clock.ts";
import { guardedFetch } from "./guarded-fetch.ts";

export interface GuardedKeyFetcherOptions {
  readonly url: string | URL;
  /** How long fetched keys are served without asking again. */
  readonly ttlMs?: number;
  /** The least time between two fetches, whether they succeed or not. */
  readonly cooldownMs?: number;
  readonly clock?: Clock;
  readonly fetchText?: (url: string | URL) => Promise<string>;
}

export interface GuardedKeyFetcher {
  /**
   * The keys as the server sent them: those at hand while they are fresh and while no
   * fetch is due. `refresh` asks for newer ones, as after an unknown key id; it does
   * not shorten the cooldown, so that made-up key ids cause no requests.
   * @throws HaechiError KEY_UNAVAILABLE when none were ever fetched and none can be now
   */
  get(options?: { readonly refresh?: boolean }): Promise<string>;
}

/** Keeps published keys at hand and survives an outage of their server with those it has. */
export function createGuardedKeyFetcher(options: GuardedKeyFetcherOptions): GuardedKeyFetcher {
  const { url, ttlMs = 300_000, cooldownMs = 60_000, clock = systemClock, fetchText = guardedFetch } = options;
  let keys: { readonly text: string; readonly fetchedAt: number } | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown = null;
  let pending: Promise<void> | null = null;

  // Whichever way the clock was set: keys of before are not fresh until it has caught up.
  const since = (time: number) => Math.abs(clock.now() - time);

  const fetchKeys = async () => {
    askedAt = clock.now();
    try {
      keys = { text: await fetchText(url), fetchedAt: askedAt };
      failure = null;
    } catch (error) {
      failure = error;
    } finally {
      pending = null;
    }
  };

  return {
    async get({ refresh = false } = {}) {
      const isFresh = keys !== null && since(keys.fetchedAt) < ttlMs;
      const mayAsk = since(askedAt) >= cooldownMs;
      if (pending === null && mayAsk && (refresh || !isFresh)) pending = fetchKeys();
      // Whoever has keys that are good enough does not wait for a fetch that another caller started.
      if (pending !== null && (refresh || !isFresh)) await pending;
      if (keys === null) {
        throw new HaechiError("KEY_UNAVAILABLE", "The keys could not be fetched", { cause: failure });
      }
      return keys.text;
    },
  };
}
