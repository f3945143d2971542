import assert from "node:assert/strict";
import { it } from "node:test";
import { startStubUpstream } from "../../bench/gateway/processes.ts";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { auditPathIn, stateIn } from "../support/state-in.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { chatLoad, quantile } from "./chat-load.ts";
import { recordedExchanges } from "./recorded-exchanges.ts";
import { residentMegabytes } from "./resident-memory.ts";

const SECONDS = Number(process.env.HAECHI_LOAD_SECONDS ?? 2);
/** Below this many the memory is still on its way to what it needs. */
const SECONDS_FOR_MEMORY = 120;
const CONNECTIONS = 64;
const REQUESTS_AT_ONCE = 4_000;
const GROWTH_MAX = 1.05;

it("at saturation every request is answered 200 and recorded once, and memory stays flat", async (test) => {
  const folder = await tempFolder(test);
  const upstream = await startStubUpstream();
  test.after(() => upstream.stop());
  await upstream.follow({ delayMs: 0, pieces: 40, intervalMs: null, watched: [] });
  const audit = auditPathIn(folder);
  const gateway = await startHaechiProcess(test, folder, {
    mode: "enforce",
    target: { upstream: upstream.url },
    responseProtection: { enabled: true },
    ...stateIn(folder),
  });

  const rss: number[] = [];
  const sampling = setInterval(() => rss.push(residentMegabytes(gateway.pid)), 1000);
  test.after(() => clearInterval(sampling));
  let answered = 0;
  let p99 = 0;
  const startedAt = performance.now();
  // Whole batches: none is cut off in the middle, so that the counts have to be equal.
  do {
    const { statuses, broken, latenciesMs } = await chatLoad(gateway.url, {
      connections: CONNECTIONS,
      requests: REQUESTS_AT_ONCE,
    });
    assert.deepEqual({ statuses, broken }, { statuses: { 200: REQUESTS_AT_ONCE }, broken: 0 });
    answered += REQUESTS_AT_ONCE;
    p99 = Math.max(p99, quantile(latenciesMs, 0.99));
  } while (performance.now() - startedAt < SECONDS * 1000);
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(sampling);

  assert.equal((await upstream.arrivals()).requests, answered);
  assert.equal(await gateway.end(), 0);
  assert.deepEqual(await recordedExchanges(audit), { requests: answered, responses: answered, decisions: {} });

  const warm = rss.slice(Math.floor(rss.length / 5));
  const [before, after] = [warm.slice(0, warm.length >> 1), warm.slice(warm.length >> 1)].map(mean) as [number, number];
  test.diagnostic(
    `${answered} exchanges in ${seconds.toFixed(0)} s, ${(answered / seconds).toFixed(0)} a second; p99 of the worst ${REQUESTS_AT_ONCE} ` +
      `${p99.toFixed(0)} ms; MB resident: ${before.toFixed(1)} in the first half after the warm-up, ${after.toFixed(1)} in the second, ` +
      `${Math.max(0, ...rss).toFixed(0)} at most`,
  );
  if (SECONDS >= SECONDS_FOR_MEMORY) assert.ok(!(after > before * GROWTH_MAX), `${before} MB, then ${after} MB`);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
