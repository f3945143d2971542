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
}

export interface LoadOptions {
  readonly connections: number;
  /** Ends when so many requests were answered. */
  readonly requests: number;
}

/** Asks for chat completions with autocannon: so many connections, each with one request at a time. */
export function chatLoad(url: string, options: LoadOptions): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  return new Promise((resolve, reject) => {
    const instance = autocannon(optionsOf(url, options), (error, result) => {
      if (error) reject(error);
      else resolve({ ...countsOf(result), latenciesMs: latenciesMs.sort((a, b) => a - b) });
    });
    instance.on("response", (_client, status, _bytes, ms) => {
      if (status === 200) latenciesMs.push(ms);
    });
  });
}

/** The same from a thread of its own, again and again. */
export function floodOf(url: string, options: LoadOptions): () => Promise<ClientCounts> {
  return async () => countsOf(await autocannon({ ...optionsOf(url, options), workers: 1 }));
}

function optionsOf(url: string, { connections, requests }: LoadOptions): autocannon.Options {
  return {
    url: `${url}/v1/chat/completions`,
    connections,
    amount: requests,
    requests: BODIES.map((body) => ({ method: "POST", headers: { "content-type": "application/json" }, body })),
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
const BODIES = Array.from({ length: 24 }, (_, number) =>
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
