import { setTimeout } from "node:timers/promises";
import autocannon from "autocannon";
import { requestBody } from "../../bench/gateway/bodies.ts";

/** What clients got that asked as fast as they were answered. */
export interface ClientCounts {
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Connections that broke, and requests that nobody answered. */
  readonly broken: number;
}

export interface LoadResult extends ClientCounts {
  /** Milliseconds until answers of status 200, in order of size. */
  readonly latenciesMs: readonly number[];
  /** Milliseconds until answers of status 503, in order of size. */
  readonly refusedMs: readonly number[];
  /** Answers of status 503 that say when to come back. */
  readonly withRetryAfter: number;
}

export interface LoadOptions {
  readonly connections: number;
  /** Ends when so many requests were answered. */
  readonly requests: number;
}

/** Asks for chat completions with autocannon: so many connections, each with one request at a time. */
export function chatLoad(url: string, options: LoadOptions): Promise<LoadResult> {
  return runLoad(optionsOf(url, options));
}

/** The same from a thread of its own, again and again. */
export function floodOf(url: string, options: LoadOptions): () => Promise<ClientCounts> {
  return async () => countsOf(await autocannon({ ...optionsOf(url, options), workers: 1 }));
}

export interface OpenLoadOptions {
  readonly perSecond: number;
  readonly seconds: number;
}

/**
 * Asks so often, whatever becomes of what was asked before: each request of a second has a connection of its own, which
 * asks once every second. All of them are answered when it ends. In the first second the connections are opened; times are
 * those of what is answered later.
 */
export async function openLoad(url: string, { perSecond, seconds }: OpenLoadOptions): Promise<LoadResult> {
  const phases = Math.min(PHASES_MAX, perSecond);
  const startedAt = performance.now();
  const loads = await Promise.all(
    Array.from({ length: phases }, async (_, phase) => {
      await setTimeout(Math.max(1, startedAt + (phase * 1000) / phases - performance.now()));
      const connections = Math.floor(((phase + 1) * perSecond) / phases) - Math.floor((phase * perSecond) / phases);
      const options = { connections, requests: connections * seconds };
      const own = [BODIES[phase % BODIES.length]!];
      const paced = { ...optionsOf(url, options, own), connectionRate: 1, ignoreCoordinatedOmission: true };
      return runLoad(paced, startedAt + 1000);
    }),
  );
  const statuses: Record<number, number> = {};
  for (const load of loads) {
    for (const [status, count] of Object.entries(load.statuses)) {
      statuses[Number(status)] = (statuses[Number(status)] ?? 0) + count;
    }
  }
  const sorted = (of: (load: LoadResult) => readonly number[]) => loads.flatMap(of).sort((a, b) => a - b);
  const sum = (of: (load: LoadResult) => number) => loads.reduce((total, load) => total + of(load), 0);
  return {
    statuses,
    broken: sum(({ broken }) => broken),
    latenciesMs: sorted(({ latenciesMs }) => latenciesMs),
    refusedMs: sorted(({ refusedMs }) => refusedMs),
    withRetryAfter: sum(({ withRetryAfter }) => withRetryAfter),
  };
}

/** Autocannon lets connections that it opens together ask together: so many groups of them share a second. */
const PHASES_MAX = 100;

/** @param timedFrom when answers begin to be timed */
function runLoad(options: autocannon.Options, timedFrom = 0): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  const refusedMs: number[] = [];
  let withRetryAfter = 0;
  const onResponse: autocannon.Request["onResponse"] = (status, _body, _context, headers) => {
    if (status === 503 && headers?.["retry-after"] !== undefined) withRetryAfter++;
  };
  const requests = options.requests?.map((request) => ({ ...request, onResponse }));
  return new Promise((resolve, reject) => {
    const instance = autocannon({ ...options, ...(requests && { requests }) }, (error, result) => {
      if (error) reject(error);
      else {
        for (const times of [latenciesMs, refusedMs]) times.sort((a, b) => a - b);
        resolve({ ...countsOf(result), latenciesMs, refusedMs, withRetryAfter });
      }
    });
    instance.on("response", (_client, status, _bytes, ms) => {
      if (performance.now() < timedFrom) return;
      if (status === 200) latenciesMs.push(ms);
      else if (status === 503) refusedMs.push(ms);
    });
  });
}

function optionsOf(
  url: string,
  { connections, requests }: LoadOptions,
  bodies: readonly string[] = BODIES,
): autocannon.Options {
  return {
    url: `${url}/v1/chat/completions`,
    connections,
    amount: requests,
    requests: bodies.map((body) => ({
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    })),
    timeout: 60,
    // How soon the end is noticed.
    sampleInt: 100,
  };
}

function countsOf({ statusCodeStats = {}, errors, timeouts }: autocannon.Result): ClientCounts {
  const counts = Object.entries(statusCodeStats).map(([status, { count = 0 }]) => [status, count]);
  return { statuses: Object.fromEntries(counts), broken: errors + timeouts };
}

/** Of several kinds, with and without something to find. */
const BODIES: readonly string[] = Array.from({ length: 24 }, (_, number) =>
  requestBody(
    {
      bytes: number % 8 === 7 ? 16_384 : 1024,
      kind: number % 12 === 11 ? "agent" : "chat",
      streamed: false,
      planted: number % 2 === 0,
    },
    number + 1,
  ),
);

/** Nearest rank. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
