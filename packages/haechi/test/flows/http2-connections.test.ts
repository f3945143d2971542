import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { LLMock } from "@copilotkit/aimock";
import OpenAI from "openai";
import { fetch as fetchWith } from "undici";
import type { ConfigInput } from "../../src/config/schema.ts";
import {
  answering,
  askHttp2,
  CHAT,
  CHAT_BODY,
  connectHttp2,
  decisionsIn,
  dispatcherOf,
  type Http2Answer,
  serveHttp2,
} from "../support/http2-client.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { startHttps } from "../support/start-https.ts";

/** RFC 9113 §8.7: nothing was done with the request. */
const REFUSED_STREAM = 7;

const hasCurl = await promisify(execFile)("curl", ["--version"]).then(
  ({ stdout }) => /\bHTTP2\b/.test(stdout),
  () => false,
);

const inspecting: ConfigInput = { streaming: { requestMode: "inspect" }, responseProtection: { enabled: true } };

describe("a connection of HTTP/2", () => {
  it("takes a hundred streams at a time, each an exchange of its own", async (test) => {
    const waiting: ServerResponse[] = [];
    const all = Promise.withResolvers<void>();
    const { haechi, session } = await serveHttp2(test, (response) => {
      if (waiting.push(response) === 100) all.resolve();
    });
    await once(session, "remoteSettings");
    assert.equal(session.remoteSettings.maxConcurrentStreams, 100);
    const answers = Array.from({ length: 100 }, () => askHttp2(session));
    await all.promise;
    const ids = new Set<string>();
    for (const response of waiting) answerJson(response, chatCompletion("yes"));
    for (const { status } of await Promise.all(answers)) assert.equal(status, 200);
    for (const entry of await haechi.auditEntries()) ids.add(String(entry.correlationId));
    assert.equal(ids.size, 100);
  });

  it("counts stream by stream for the ceiling of exchanges", async (test) => {
    const waiting: ServerResponse[] = [];
    const two = Promise.withResolvers<void>();
    const { session } = await serveHttp2(
      test,
      (response) => {
        if (waiting.push(response) === 2) two.resolve();
      },
      { limits: { maxInFlight: 2 } },
    );
    const admitted = [askHttp2(session), askHttp2(session)];
    await two.promise;
    assert.equal((await askHttp2(session)).status, 503);
    for (const response of waiting) answerJson(response, chatCompletion("yes"));
    assert.deepEqual(
      (await Promise.all(admitted)).map(({ status }) => status),
      [200, 200],
    );
  });

  it("is told that the gateway ends, loses nothing under way, and is then closed", async (test) => {
    const held = Promise.withResolvers<ServerResponse>();
    const { haechi, session } = await serveHttp2(test, (response) => held.resolve(response), {
      limits: { shutdownGraceMs: 60_000 },
    });
    const idle = connectHttp2(test, haechi);
    await once(idle, "remoteSettings");
    const answer = askHttp2(session);
    const upstream = await held.promise;
    const told = [once(session, "goaway"), once(idle, "goaway"), once(idle, "close")];
    const closed = haechi.gateway.close();
    await Promise.all(told);
    answerJson(upstream, chatCompletion("yes"));
    assert.deepEqual([(await answer).status, (await answer).whole], [200, true]);
    if (!session.closed) await once(session, "close");
    await closed;
  });

  it("loses no request that was on its way when the gateway ends", async (test) => {
    const limits = { shutdownGraceMs: 60_000 };
    const { haechi, session, upstream } = await serveHttp2(test, answering, { limits });
    let isTold = false;
    session.once("goaway", () => (isTold = true));
    const answers: Http2Answer[] = [];
    const ask = async () => {
      while (!isTold) answers.push(await askHttp2(session));
    };
    const asking = Array.from({ length: 20 }, ask);
    while (answers.length < 40) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([haechi.gateway.close(), ...asking]);
    const whole = answers.filter(({ status, whole }) => status === 200 && whole);
    // What was asked too late was not begun, and may be asked again.
    const refused = answers.filter(({ status, code }) => status === 0 && code === REFUSED_STREAM);
    assert.equal(whole.length + refused.length, answers.length);
    assert.equal(upstream.requests.length, whole.length);
  });

  it("is cut off when the grace period is over", async (test) => {
    const held = Promise.withResolvers<ServerResponse>();
    const { haechi, session } = await serveHttp2(test, (response) => held.resolve(response), {
      limits: { shutdownGraceMs: 20 },
    });
    const answer = askHttp2(session);
    await held.promise;
    await haechi.gateway.close();
    assert.equal((await answer).status, 0);
  });

  it("is offered only with TLS, and only where the configuration does not forbid it", async (test) => {
    const upstream = await recordingUpstream(test, answering);
    const without = await startHttps(test, upstream.url, { proxy: { http2: false } });
    const session = connectHttp2(test, without);
    await new Promise((resolve) => session.once("close", resolve));
    const over1 = await fetchWith(`${without.url}${CHAT}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: CHAT_BODY,
      dispatcher: dispatcherOf(test, without.ca, true),
    });
    assert.equal(over1.status, 200);

    const plain = await startHaechi(test, upstream.url);
    const socket = connect(plain.gateway.port, "127.0.0.1");
    socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assert.match(Buffer.concat(await socket.toArray()).toString(), /^HTTP\/1.1 400 [\s\S]*haechi_malformed_request/);
    assert.deepEqual(decisionsIn(await plain.auditEntries()), [["request_refused", "request_malformed"]]);
  });
});

describe("clients that speak HTTP/2", () => {
  it("get the same streams with the official SDK as without Haechi", async (test) => {
    const simulator = new LLMock({ port: 0, latency: 0 });
    simulator.onMessage(/.*/, { content: 'A long — "answer" 한국어 🙂, a date 2026-03-14 and `code`.\n'.repeat(20) });
    await simulator.start();
    test.after(() => simulator.stop());
    const haechi = await startHttps(test, simulator.url, inspecting);
    const dispatcher = dispatcherOf(test, haechi.ca, true);
    const direct = new OpenAI({ apiKey: "sk-none", baseURL: `${simulator.url}/v1`, maxRetries: 0 });
    const through = new OpenAI({
      apiKey: "sk-none",
      baseURL: `${haechi.url}/v1`,
      maxRetries: 0,
      // Node's own fetch takes no dispatcher of another undici.
      fetch: fetchWith as unknown as typeof fetch,
      fetchOptions: { dispatcher } as object,
    });
    const ask = async (client: OpenAI) => {
      const messages = [{ role: "user" as const, content: "tell" }];
      const chunks = [];
      for await (const chunk of await client.chat.completions.create({ model: "gpt-test", messages, stream: true })) {
        chunks.push({ ...chunk, id: "", created: 0 });
      }
      const whole = await client.chat.completions.create({ model: "gpt-test", messages });
      return { chunks, whole: { ...whole, id: "", created: 0 } };
    };
    assert.deepEqual(await ask(through), await ask(direct));
  });

  it("are served when they are curl", { skip: !hasCurl && "curl speaks no HTTP/2 here" }, async (test) => {
    const { haechi, upstream } = await serveHttp2(test, answering, { limits: { maxRequestBytes: 100_000 } });
    const ca = join(haechi.folder, "ca.pem");
    writeFileSync(ca, haechi.ca);
    const curl = async (...more: readonly string[]) => {
      const fixed = [
        "-sS",
        "--http2",
        "--cacert",
        ca,
        "-w",
        "\n%{http_version} %{http_code}",
        "-H",
        "content-type: application/json",
      ];
      const { stdout } = await promisify(execFile)("curl", [...fixed, ...more, `${haechi.url}${CHAT}`]);
      return stdout.split("\n").at(-1);
    };
    assert.equal(await curl("-d", CHAT_BODY), "2 200");
    const large = join(haechi.folder, "large.json");
    writeFileSync(large, JSON.stringify({ model: "m", messages: [{ role: "user", content: "a".repeat(90_000) }] }));
    assert.equal(await curl("-d", `@${large}`), "2 200");
    assert.equal(await curl("-T", large, "-X", "POST"), "2 200");
    writeFileSync(large, JSON.stringify({ model: "m", messages: [{ role: "user", content: "a".repeat(900_000) }] }));
    assert.equal(await curl("-d", `@${large}`), "2 413");
    assert.equal(upstream.requests.length, 3);
  });
});
