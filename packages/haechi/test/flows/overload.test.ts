import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { ConfigInput } from "../../src/config/schema.ts";
import { answersIn, overRawSocket } from "../attacks/raw-socket.ts";
import { answerJson, chatCompletion, chatStreamEvents, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

describe("a gateway that gets more at once than it may be behind", () => {
  it("answers the rest 503, records each once, and serves again when it is done", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
    // More than a loaded machine keeps the loop waiting by itself, less than so many requests are held to take.
    const haechi = await startHaechi(test, upstream.url, { limits: { maxLoopDelayMs: 30 } });
    const body = JSON.stringify({ model: "m", messages: [] });
    const head = `POST ${CHAT} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n`;
    // In one piece on one connection, so that all are there before anything of one is done.
    const requests = `${head}content-length: ${body.length}\r\n\r\n${body}`.repeat(AT_ONCE - 1);
    const last = `${head}connection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const answers = answersIn(await overRawSocket(haechi.gateway.port, [requests + last]));
    assert.equal(answers.length, AT_ONCE);
    const served = answers.filter(({ status }) => status === 200).length;
    const refused = answers.filter(({ status }) => status === 503);
    assert.ok(served > 0 && refused.length > 0, `${served} served`);
    assert.equal(served + refused.length, AT_ONCE);
    for (const { headers, body } of refused) {
      assert.match(headers["retry-after"]!, /^\d+$/);
      assert.equal(JSON.parse(body).error, "haechi_overloaded");
    }
    const more: number[] = [];
    while (more.at(-1) !== 200 && more.length < AT_ONCE) more.push((await askChat(haechi.url, {})).status);
    assert.equal(more.at(-1), 200);
    assert.equal(upstream.requests.length, served + 1);
    const entries = await haechi.auditEntries();
    assert.equal(entries.length, AT_ONCE + more.length);
    assert.deepEqual(
      entries.flatMap((entry) =>
        "decision" in entry ? [`${entry.decision} ${"reason" in entry && entry.reason}`] : [],
      ),
      Array(AT_ONCE + more.length - served - 1).fill("overloaded loop_delay"),
    );
    assert.equal(new Set(entries.map(({ correlationId }) => correlationId)).size, entries.length);
  });

  it("answers what is asked of it for its operator all the same", async (test) => {
    const upstream = await recordingUpstream(test, () => {});
    const haechi = await startHaechi(test, upstream.url, { limits: { maxInFlight: 1, shutdownGraceMs: 0 } });
    const waiting = askChat(haechi.url, {}).catch(() => {});
    while (upstream.requests.length === 0) await setImmediate();
    assert.equal((await askChat(haechi.url, {})).status, 503);
    for (const name of ["live", "ready", "health", "metrics"]) {
      assert.equal((await fetch(`${haechi.url}/__haechi/${name}`)).status, 200, name);
    }
    await haechi.gateway.close();
    await waiting;
  });
});

describe("a gateway that ends", () => {
  it("lets every stream that is under way come to its end", async (test) => {
    const { haechi, upstream, answers, all } = await streaming(test, 100, { limits: { shutdownGraceMs: 60_000 } });
    await all;
    const closed = haechi.gateway.close();
    await assert.rejects(fetch(`${haechi.url}/__haechi/live`));
    for (const response of upstream) response.end(chatStreamEvents(["one ", "two"]));
    for (const text of await Promise.all(answers)) assert.match(text, /two[\s\S]*data: \[DONE\]\n\n$/);
    await closed;
    const streams = (await haechi.auditEntries()).filter((entry) => "decision" in entry);
    assert.deepEqual(
      streams.map((entry) => "decision" in entry && entry.decision),
      Array.from({ length: 100 }, () => "stream_inspected"),
    );
  });

  it("serves on for as long as balancers may take to notice that it is not ready", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
    const haechi = await startHaechi(test, upstream.url, { limits: { shutdownDelayMs: 2000 } });
    assert.equal((await fetch(`${haechi.url}/__haechi/ready`)).status, 200);
    const closed = haechi.gateway.close();
    const readiness = await fetch(`${haechi.url}/__haechi/ready`);
    assert.equal(readiness.status, 503);
    assert.equal(((await readiness.json()) as { checks: { accepting: boolean } }).checks.accepting, false);
    const late = await askChat(haechi.url, {});
    assert.deepEqual([late.status, late.headers.get("connection")], [200, "close"]);
    await closed;
  });

  it("tells who is waiting for an answer that the connection closes with it", async (test) => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const upstream = await recordingUpstream(test, arrived.resolve);
    const haechi = await startHaechi(test, upstream.url);
    const answer = askChat(haechi.url, {});
    const response = await arrived.promise;
    const closed = haechi.gateway.close();
    answerJson(response, chatCompletion("yes"));
    assert.equal((await answer).headers.get("connection"), "close");
    await closed;
  });
});

const CHAT = "/v1/chat/completions";

const AT_ONCE = 100;

/** Exchanges whose answers have begun upstream and have not ended. */
async function streaming(test: TestContext, count: number, overrides: ConfigInput) {
  const upstream: ServerResponse[] = [];
  const all = Promise.withResolvers<void>();
  const { url } = await recordingUpstream(test, (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    if (upstream.push(response) === count) all.resolve();
  });
  const haechi = await startHaechi(test, url, { streaming: { requestMode: "inspect" }, ...overrides });
  const answers = Array.from({ length: count }, async () => (await askChat(haechi.url, { stream: true })).text());
  return { haechi, upstream, answers, all: all.promise };
}

function askChat(url: string, more: object): Promise<Response> {
  return fetch(url + CHAT, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }], ...more }),
  });
}
