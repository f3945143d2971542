import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { startStubUpstream } from "../../bench/gateway/processes.ts";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { auditPathIn, stateIn } from "../support/state-in.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { chatLoad, type LoadResult, openLoad, quantile } from "./chat-load.ts";
import { recordedExchanges } from "./recorded-exchanges.ts";

const LONG = process.env.HAECHI_LOAD_SECONDS !== undefined;
const ROUNDS = LONG ? 7 : 1;
const SECONDS = LONG ? 4 : 1;
const TIMES = 4;
/** Of what the gateway takes on, in a quiet time. */
const QUIET_SHARE = 0.25;
/** Many times that can still be asked for. */
const PER_SECOND_MAX = 2000;

describe(`clients that never wait and ask ${TIMES} times as much as the gateway takes on are answered 200 or 503 with Retry-After, each recorded once,`, {
  concurrency: !LONG,
}, () => {
  for (const delayMs of LONG ? [100, 20] : [50]) {
    const maxInFlight = LONG ? (6 * delayMs) / 10 : 4;
    it(`where ${maxInFlight} may wait at once for an upstream that takes ${delayMs} ms`, (test) =>
      askTooMuch(test, {
        limits: { maxInFlight },
        delayMs,
        capacity: async () => (maxInFlight * 1000) / delayMs,
        isHeldTo: 2,
      }));
  }

  it("where nothing but the processor bounds it", (test) => {
    const capacity = async (url: string, count: (load: LoadResult) => void) => {
      const startedAt = performance.now();
      const load = await chatLoad(url, { connections: 8, requests: LONG ? 4000 : 100 });
      count(load);
      return Math.min(load.latenciesMs.length / ((performance.now() - startedAt) / 1000), PER_SECOND_MAX);
    };
    return askTooMuch(test, {
      limits: { maxLoopDelayMs: 5 },
      delayMs: 0,
      answerPieces: ANSWER_PIECES,
      capacity,
      // Clients, upstream and gateway share the machine here, and all of them are busy.
      isHeldTo: null,
    });
  });
});

/** Of an answer that is inspected, some 90 KB: being refused costs a small part of being served. */
const ANSWER_PIECES = 16_000;

interface Overload {
  readonly limits: { readonly maxInFlight?: number; readonly maxLoopDelayMs?: number };
  /** What the upstream takes. */
  readonly delayMs: number;
  /** Of an answer; those are inspected where it is said. */
  readonly answerPieces?: number;
  /** Requests a second that the gateway takes on; what it asks to find out has to be counted. */
  capacity(url: string, count: (load: LoadResult) => void): Promise<number>;
  /** How many times as long the p99 may be; null where it is only said. */
  readonly isHeldTo: number | null;
}

async function askTooMuch(
  test: TestContext,
  { limits, delayMs, answerPieces, capacity, isHeldTo }: Overload,
): Promise<void> {
  const folder = await tempFolder(test);
  const upstream = await startStubUpstream();
  test.after(() => upstream.stop());
  await upstream.follow({ delayMs, pieces: answerPieces ?? 40, intervalMs: null, watched: [] });
  const gateway = await startHaechiProcess(test, folder, {
    mode: "enforce",
    target: { upstream: upstream.url },
    limits,
    responseProtection: { enabled: answerPieces !== undefined },
    ...stateIn(folder),
  });
  const total = { served: 0, refused: 0 };
  const count = ({ statuses, broken, withRetryAfter }: LoadResult) => {
    const { 200: served = 0, 503: refused = 0, ...others } = statuses;
    assert.deepEqual({ others, broken, withRetryAfter }, { others: {}, broken: 0, withRetryAfter: refused });
    total.served += served;
    total.refused += refused;
  };
  const ask = async (perSecond: number) => {
    const load = await openLoad(gateway.url, { perSecond: Math.ceil(perSecond), seconds: SECONDS });
    count(load);
    return load;
  };
  // What is compiled when it is first used is no load.
  count(await chatLoad(gateway.url, { connections: limits.maxInFlight ?? 8, requests: LONG ? 4000 : 40 }));
  const perSecond = await capacity(gateway.url, count);
  const ratios: number[] = [];
  const medians: number[] = [];
  const rows = [`${perSecond.toFixed(0)} a second are taken on`];
  for (let round = 0; round < ROUNDS; round++) {
    const quiet = await ask(QUIET_SHARE * perSecond);
    const flooded = await ask(TIMES * perSecond);
    ratios.push(quantile(flooded.latenciesMs, 0.99) / quantile(quiet.latenciesMs, 0.99));
    medians.push(quantile(flooded.latenciesMs, 0.5) / quantile(quiet.latenciesMs, 0.5));
    rows.push(`in quiet: ${inWords(quiet)}`, `in overload: ${inWords(flooded)}`);
  }
  assert.ok(total.refused > 0);
  assert.equal((await upstream.arrivals()).requests, total.served);
  assert.equal(await gateway.end(), 0);
  assert.deepEqual(await recordedExchanges(auditPathIn(folder)), {
    requests: total.served,
    responses: answerPieces === undefined ? 0 : total.served,
    decisions: { overloaded: total.refused },
  });
  if (!LONG) return;
  for (const [name, all] of Object.entries({ p50: medians, p99: ratios })) {
    all.sort((a, b) => a - b);
    rows.push(`ratios of the ${name}: ${all.map((ratio) => ratio.toFixed(2)).join(", ")}`);
  }
  test.diagnostic(rows.join("\n"));
  const ratio = quantile(ratios, 0.5);
  if (isHeldTo !== null) assert.ok(ratio <= isHeldTo, `the p99 of who is let in is ${ratio} times as long`);
}

function inWords({ latenciesMs, refusedMs }: LoadResult): string {
  const times = (all: readonly number[]) => [0.5, 0.99].map((share) => quantile(all, share).toFixed(1)).join(" / ");
  const ask = (all: readonly number[]) =>
    `${(all.length / (SECONDS - 1)).toFixed(0)} a second, p50 / p99 ${times(all)} ms`;
  return `served ${ask(latenciesMs)}; refused ${ask(refusedMs)}`;
}
