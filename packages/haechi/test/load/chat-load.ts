import autocannon from "autocannon";
import { requestBody } from "../../bench/gateway/bodies.ts";

/** What clients got that asked as fast as they were answered. */
export interface LoadResult {
  /** Requests that were sent; one that broke off is sent again by nobody. */
  readonly sent: number;
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Connections that broke, and requests that nobody answered. */
  readonly broken: number;
  /** Milliseconds until answers of status 200, in order of size. */
  readonly latenciesMs: readonly number[];
}

export interface LoadOptions {
  readonly connections: number;
  /** Ends when so many requests were answered. */
  readonly requests?: number;
  /** Ends after so long, in the middle of requests. */
  readonly seconds?: number;
}

/** Asks for chat completions with autocannon: so many connections, each with one request at a time. */
export function chatLoad(url: string, { connections, requests, seconds }: LoadOptions): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  return new Promise((resolve, reject) => {
    const options = {
      url: `${url}/v1/chat/completions`,
      connections,
      requests: BODIES.map((body) => ({ method: "POST", headers: { "content-type": "application/json" }, body })),
      timeout: 60,
      ...(requests === undefined ? {} : { amount: requests }),
      ...(seconds === undefined ? {} : { duration: seconds }),
    } satisfies autocannon.Options;
    const instance = autocannon(options, (error, result) => {
      if (error) return reject(error);
      const counts = Object.entries(result.statusCodeStats ?? {});
      resolve({
        sent: result.requests.sent,
        statuses: Object.fromEntries(counts.map(([status, { count = 0 }]) => [status, count])),
        broken: result.errors + result.timeouts,
        latenciesMs: latenciesMs.sort((a, b) => a - b),
      });
    });
    instance.on("response", (_client, status, _bytes, ms) => {
      if (status === 200) latenciesMs.push(ms);
    });
  });
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
