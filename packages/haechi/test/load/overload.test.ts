import assert from "node:assert/strict";
import { it } from "node:test";
import { startStubUpstream } from "../../bench/gateway/processes.ts";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { auditPathIn, stateIn } from "../support/state-in.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { type ClientCounts, chatLoad, floodOf, quantile } from "./chat-load.ts";
import { recordedExchanges } from "./recorded-exchanges.ts";

const LONG = process.env.HAECHI_LOAD_SECONDS !== undefined;
const ROUNDS = LONG ? 7 : 1;
const FLOOD_CONNECTIONS = LONG ? 1_600 : 200;
const PROBES = LONG ? 1_500 : 150;
const PROBING_CONNECTIONS = 16;

it("with far more clients than it can serve, each is answered 200 or 503 and recorded once, and who is let in is served as before", async (test) => {
  const folder = await tempFolder(test);
  const upstream = await startStubUpstream();
  test.after(() => upstream.stop());
  await upstream.follow({ delayMs: 0, pieces: 40, intervalMs: null, watched: [] });
  const audit = auditPathIn(folder);
  const gateway = await startHaechiProcess(test, folder, {
    mode: "enforce",
    target: { upstream: upstream.url },
    limits: { maxLoopDelayMs: 10 },
    ...stateIn(folder),
  });
  const total = { served: 0, refused: 0 };
  const count = ({ statuses, broken }: ClientCounts) => {
    const { 200: served = 0, 503: refused = 0, ...others } = statuses;
    assert.deepEqual({ others, broken }, { others: {}, broken: 0 });
    total.served += served;
    total.refused += refused;
    return { served, refused };
  };
  const probe = async () => {
    const load = await chatLoad(gateway.url, { connections: PROBING_CONNECTIONS, requests: PROBES });
    count(load);
    return load.latenciesMs;
  };
  await probe();
  const ratios: number[] = [];
  const rows: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const unloaded = await probe();
    // Another client, in a thread of its own, so that what it has to do is not taken for what the gateway does.
    const flood = floodOf(gateway.url, { connections: FLOOD_CONNECTIONS, requests: 4 * FLOOD_CONNECTIONS });
    const admitted: number[] = [];
    let isOver = false;
    const flooded = (async () => {
      const counts = { served: 0, refused: 0 };
      const startedAt = performance.now();
      do {
        const { served, refused } = count(await flood());
        counts.served += served;
        counts.refused += refused;
      } while (!isOver);
      return { ...counts, seconds: (performance.now() - startedAt) / 1000 };
    })();
    admitted.push(...(await probe()));
    isOver = true;
    const { served, refused, seconds } = await flooded;
    const [before, within] = [unloaded, admitted].map((latencies) => quantile(latencies, 0.99)) as [number, number];
    ratios.push(within / before);
    rows.push(
      `p99 ${before.toFixed(1)} ms, then ${within.toFixed(1)} ms beside ${(served / seconds).toFixed(0)} served and ` +
        `${(refused / seconds).toFixed(0)} refused a second`,
    );
  }
  assert.ok(total.refused > 0);
  assert.equal((await upstream.arrivals()).requests, total.served);
  assert.equal(await gateway.end(), 0);
  assert.deepEqual(await recordedExchanges(audit), {
    requests: total.served,
    responses: 0,
    decisions: { overloaded: total.refused },
  });
  ratios.sort((a, b) => a - b);
  test.diagnostic(`${rows.join("\n")}\nratios of the rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")}`);
  if (LONG)
    assert.ok(
      quantile(ratios, 0.5) <= 2,
      `the p99 of who is let in is ${quantile(ratios, 0.5)} times the unloaded one`,
    );
});
