import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { answerJson, chatCompletion, chatStreamEvents, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

describe("a gateway that is behind with its work", () => {
  it("answers 503 at once, records why, and serves again when it has caught up", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
    const haechi = await startHaechi(test, upstream.url, { limits: { maxLoopDelayMs: 50 } });
    const { port } = haechi.gateway;
    const ask = async (target: string, whileConnected = () => {}) => {
      const body = target.startsWith("/v1") ? JSON.stringify({ model: "m", messages: [] }) : "";
      const head = `${body === "" ? "GET" : "POST"} ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n`;
      const socket = connect(port, "127.0.0.1");
      await once(socket, "connect");
      await new Promise((resolve) =>
        socket.write(`${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`, resolve),
      );
      whileConnected();
      return Buffer.concat(await socket.toArray()).toString();
    };
    const late = await ask(CHAT, blockLoop);
    assert.match(late, /^HTTP\/1.1 503 [\s\S]*retry-after: \d+\r\n[\s\S]*haechi_overloaded/);
    assert.match(await ask("/__haechi/live", blockLoop), /^HTTP\/1.1 200 /);
    let served = await ask(CHAT);
    for (let tries = 0; tries < 100 && !served.startsWith("HTTP/1.1 200"); tries++) served = await ask(CHAT);
    assert.match(served, /^HTTP\/1.1 200 /);
    const [refusal] = await haechi.auditEntries();
    assert.deepEqual(refusal && "reason" in refusal && [refusal.decision, refusal.reason], [
      "overloaded",
      "loop_delay",
    ]);
    assert.equal(upstream.requests.length, 1);
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
    assert.equal((await askChat(haechi.url, {})).status, 200);
    await closed;
  });
});

const CHAT = "/v1/chat/completions";

/** Longer than the limit of the test, as inspection would do that is too much. */
function blockLoop(): void {
  const until = performance.now() + 200;
  while (performance.now() < until);
}

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
