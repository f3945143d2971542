import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { pinned } from "../gateway/launch.ts";

/** What a run of requests got. */
export interface LoadFigures {
  /** Until the last answer. */
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  readonly statuses: Readonly<Record<number, number>>;
  /** Answers that say when to come back. */
  readonly withRetryAfter: number;
  /** Connections that broke, and requests that nobody answered. */
  readonly broken: number;
}

export interface Asking {
  readonly url: string;
  readonly connections: number;
  readonly requests: number;
  /** A file with the body of each request. */
  readonly bodyFile: string;
}

/** Asks from a process of its own. */
export async function ask({ url, connections, requests, bodyFile }: Asking): Promise<LoadFigures> {
  const script = join(import.meta.dirname, "load.ts");
  // More connections than requests would have nothing to ask.
  const numbers = [Math.min(connections, requests), requests].map(String);
  const [command, ...args] = pinned([process.execPath, script, url, ...numbers, bodyFile], "around");
  const { stdout } = await promisify(execFile)(command!, args, { maxBuffer: 1 << 30 });
  // What the script prints.
  return JSON.parse(stdout) as LoadFigures;
}

/** Of several runs, one after the other. */
export function together(runs: readonly LoadFigures[]): LoadFigures {
  const statuses: Record<number, number> = {};
  for (const run of runs) {
    for (const [status, count] of Object.entries(run.statuses)) {
      statuses[Number(status)] = (statuses[Number(status)] ?? 0) + count;
    }
  }
  const sum = (of: (run: LoadFigures) => number) => runs.reduce((total, run) => total + of(run), 0);
  return {
    seconds: sum(({ seconds }) => seconds),
    latenciesMs: runs.flatMap(({ latenciesMs }) => latenciesMs),
    statuses,
    withRetryAfter: sum(({ withRetryAfter }) => withRetryAfter),
    broken: sum(({ broken }) => broken),
  };
}

export interface ModeFigures {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Percentiles by nearest rank, in milliseconds. */
export function figuresOf({ latenciesMs, seconds }: LoadFigures): ModeFigures {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return {
    requestsPerSecond: sorted.length / seconds,
    p50: rank(0.5),
    p95: rank(0.95),
    p99: rank(0.99),
    max: rank(1),
  };
}
