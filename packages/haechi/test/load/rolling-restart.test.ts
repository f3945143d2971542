import assert from "node:assert/strict";
import { it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { type HaechiProcess, startHaechiProcess } from "../support/haechi-process.ts";
import { numberedRequest, numberOf, unrecorded } from "../support/numbered-requests.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { auditPathIn, stateIn } from "../support/state-in.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { connectionBalancer } from "./connection-balancer.ts";
import { auditEntriesOf, recordedExchanges } from "./recorded-exchanges.ts";

const RESTARTS = Number(process.env.HAECHI_RESTARTS ?? 1);
const CLIENTS = 16;

it("gateways that take over from each other under load, on the same folder, fail no request and record each once", async (test) => {
  const folder = await tempFolder(test);
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const balancer = await connectionBalancer(test);
  const audit = auditPathIn(folder);
  const config: ConfigInput = {
    mode: "enforce",
    target: { upstream: upstream.url },
    // Long enough that every client is answered on each of its connections, and so told to leave it.
    limits: { shutdownDelayMs: 3000, shutdownGraceMs: 60_000 },
    ...stateIn(folder),
  };
  let gateway: HaechiProcess = await startHaechiProcess(test, folder, config);
  balancer.sendTo(gateway.url);

  let sent = 0;
  let isOver = false;
  // Node's own client: it keeps connections, and leaves those that it is told to leave.
  const keepAsking = async () => {
    while (!isOver) {
      const reply = await fetch(`${balancer.url}/v1/chat/completions`, numberedRequest(++sent));
      assert.equal(reply.status, 200);
      await reply.arrayBuffer();
    }
  };
  const clients = Array.from({ length: CLIENTS }, keepAsking);
  const failed = Promise.all(clients);
  for (let restart = 0; restart < RESTARTS; restart++) {
    const next = await Promise.race([startHaechiProcess(test, folder, config), failed.then(() => gateway)]);
    assert.equal((await fetch(`${next.url}/__haechi/ready`)).status, 200);
    balancer.sendTo(next.url);
    assert.equal(await gateway.end(), 0);
    gateway = next;
  }
  isOver = true;
  await failed;
  assert.equal(await gateway.end(), 0);

  assert.deepEqual(
    upstream.requests.map(numberOf).sort((a, b) => a - b),
    Array.from({ length: sent }, (_, at) => at + 1),
  );
  assert.deepEqual(await recordedExchanges(audit), { requests: sent, responses: 0, decisions: {} });
  assert.deepEqual(unrecorded(upstream.requests, await auditEntriesOf(audit)), []);
  test.diagnostic(`${RESTARTS} restarts, ${sent} requests`);
});
