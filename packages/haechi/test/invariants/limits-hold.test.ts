import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { type ClientRequest, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { ConfigInput } from "../../src/config/schema.ts";
import { sampleDecisionEvent } from "../../src/core/audit/sample-events.oracle.ts";
import type { Identity } from "../../src/core/identity/identity.ts";
import { createAuditLog, WAITING_RECORDS_MAX } from "../../src/engine/audit/audit-log.ts";
import { createMemoryRateLimiter } from "../../src/providers/rate-limit/memory-rate-limiter.ts";
import { createMemoryAuditStore } from "../../src/providers/storage/memory-audit-store.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { type Answer, answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { scriptedUpstream } from "../support/scripted-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const CHAT = "/v1/chat/completions";
const ok: Answer = (response) => answerJson(response, chatCompletion("ok"));
const messageOf = (content: string) => JSON.stringify({ model: "m", messages: [{ role: "user", content }] });
const hello = messageOf("hello");
const post = (body: string): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body,
});

describe("a request body", () => {
  const config: ConfigInput = { limits: { maxRequestBytes: 1000 } };
  const atLimit = messageOf("x".repeat(1000 - messageOf("").length));

  it("is taken at exactly the limit, and refused one byte beyond", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const { url } = await startHaechi(test, upstream.url, config);
    assert.equal((await fetch(url + CHAT, post(atLimit))).status, 200);
    assert.equal((await fetch(url + CHAT, post(`${atLimit} `))).status, 413);
    assert.equal(upstream.requests.length, 1);
  });

  it("that is declared too large is refused before any of it is sent", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const { gateway } = await startHaechi(test, upstream.url, config);
    for (const more of [[], ["expect: 100-continue"]]) {
      const client = rawClient(test, gateway.port);
      client.write(headOf("content-length: 10000000000", ...more));
      await client.outputMatching(/^HTTP\/1\.1 413 /);
      client.leave();
    }
    assert.equal(upstream.requests.length, 0);
  });

  it("that grows past the limit in chunks is refused while it is being sent", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const { gateway } = await startHaechi(test, upstream.url, config);
    const client = rawClient(test, gateway.port);
    client.write(headOf("transfer-encoding: chunked"));
    for (let chunk = 0; chunk < 11; chunk++) client.write(`64\r\n${"x".repeat(100)}\r\n`);
    await client.outputMatching(/^HTTP\/1\.1 413 /);
    client.leave();
    assert.equal(upstream.requests.length, 0);
  });

  it("is taken at exactly the allowed depth, and refused one level deeper or a million", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const { url } = await startHaechi(test, upstream.url, { limits: { maxNestingDepth: 64 } });
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    assert.equal((await fetch(url + CHAT, post(nested(64)))).status, 200);
    for (const body of [nested(65), nested(500_000), "[".repeat(1_000_000), '{"a":'.repeat(200_000)]) {
      assert.equal((await fetch(url + CHAT, post(body))).status, 413);
    }
    assert.equal((await fetch(url + CHAT, post(hello))).status, 200);
    assert.equal(upstream.requests.length, 2);
  });

  it("that comes too slowly is refused", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const haechi = await startHaechi(test, upstream.url);
    test.mock.timers.enable({ apis: ["setInterval"] });
    const client = rawClient(test, haechi.gateway.port);
    client.write(headOf("content-length: 100000", "expect: 100-continue"));
    // The gateway says so when it begins to read: from then on the body has its pace to keep.
    await client.outputMatching(/100 Continue\r\n\r\n/);
    test.mock.timers.tick(10_000);
    await client.outputMatching(/\r\n\r\nHTTP\/1\.1 408 [\s\S]*"haechi_request_timeout"/);
    client.leave();
    assert.equal(upstream.requests.length, 0);
    const [entry] = await haechi.auditEntries();
    assert.ok(entry !== undefined && "decision" in entry && entry.decision === "request_refused");
  });

  // Each of these made some pattern of some product run for minutes; that this test ends at all is what it shows.
  const unkind: Readonly<Record<string, string>> = {
    "dots without an end": "a.",
    "at signs": "a@",
    "an address that never gets its domain": "a.b-c_d",
    "digits in groups": "1 ",
    "digits and hyphens": "4-1-",
    "three parts of a JSON web token, again and again": "eyJhbGciOiJ.",
    "one long word": "x",
    "starts of keys": "sk-",
    "starts of markers": "[HAECHI_ENC:",
    "starts of PEM": "-----BEGIN ",
    assignments: "password=",
    "disguised letters": "е\u200b",
    blanks: " \t",
    escapes: "\\u0040",
  };
  for (const [name, piece] of Object.entries(unkind)) {
    it(`of ${name} is judged`, { timeout: 60_000 }, async (test) => {
      const upstream = await recordingUpstream(test, ok);
      const { url } = await startHaechi(test, upstream.url);
      const room = 1_048_576 - messageOf("").length;
      const content = JSON.stringify(piece).slice(1, -1);
      const repeated = content.repeat(Math.floor(room / Buffer.byteLength(content)));
      const body = messageOf("").replace('""', () => `"${repeated}"`);
      const { status } = await fetch(url + CHAT, post(body));
      assert.ok(status === 200 || status === 403, `${status}`);
    });
  }
});

it("a head that is too large is answered 431 and goes nowhere", async (test) => {
  const upstream = await recordingUpstream(test, ok);
  const { gateway } = await startHaechi(test, upstream.url);
  for (const header of [`x: ${"a".repeat(20_000)}`, "a: b\r\n".repeat(5000).trimEnd()]) {
    const client = rawClient(test, gateway.port);
    client.write(headOf("content-length: 0", header));
    await client.outputMatching(/^HTTP\/1\.1 431 /);
  }
  assert.equal(upstream.requests.length, 0);
});

describe("the ceiling of exchanges", () => {
  const identity: Identity = {
    id: "caller",
    type: "service",
    subjectHash: null,
    issuerHash: null,
    provider: "test",
    scopes: [],
    labels: {},
  };

  it("refuses one more before its credentials and its body, and lets operators look", async (test) => {
    const held: ServerResponse[] = [];
    const bothHeld = Promise.withResolvers<void>();
    const upstream = await recordingUpstream(test, (response) => {
      if (held.push(response) === 2) bothHeld.resolve();
    });
    let logins = 0;
    const authenticate = async () => {
      logins += 1;
      return identity;
    };
    const haechi = await startHaechi(
      test,
      upstream.url,
      { limits: { maxInFlight: 2 } },
      { authenticator: { authenticate } },
    );
    const inFlight = [1, 2].map(() => fetch(haechi.url + CHAT, post(hello)));
    await bothHeld.promise;

    const client = rawClient(test, haechi.gateway.port);
    client.write(headOf("content-length: 1000"));
    await client.outputMatching(/^HTTP\/1\.1 503 [\s\S]*\r\nretry-after: [1-9]\d*\r\n[\s\S]*"haechi_overloaded"/);
    client.leave();
    assert.equal(logins, 2);
    for (const path of ["live", "health", "ready", "metrics"]) {
      assert.equal((await fetch(`${haechi.url}/__haechi/${path}`)).status, 200, path);
    }
    assert.match(await haechi.metrics(), /^haechi_overloaded_total 1$/m);

    for (const response of held) answerJson(response, chatCompletion("ok"));
    assert.deepEqual(await Promise.all(inFlight.map(async (reply) => (await reply).status)), [200, 200]);
    const later = fetch(haechi.url + CHAT, post(hello));
    while (held.length < 3) await setImmediate();
    answerJson(held[2]!, chatCompletion("ok"));
    assert.equal((await later).status, 200);
  });

  it("is not reached by clients that do not finish their requests", async (test) => {
    const upstream = await recordingUpstream(test, ok);
    const { url, gateway } = await startHaechi(test, upstream.url, { limits: { maxInFlight: 1 } });
    const slow = Array.from({ length: 20 }, () => rawClient(test, gateway.port));
    for (const client of slow) {
      client.write(headOf("content-length: 1000", "expect: 100-continue"));
      await client.outputMatching(/100 Continue/);
    }
    assert.equal((await fetch(url + CHAT, post(hello))).status, 200);
    for (const client of slow) client.leave();
  });
});

describe("a response", () => {
  const cases: readonly { readonly is: string; readonly enabled: boolean; readonly answer: Answer }[] = [
    true,
    false,
  ].flatMap((enabled) => [
    {
      is: `declared too large, ${enabled ? "inspected" : "as it comes"}`,
      enabled,
      answer: (response: ServerResponse) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": 1001 }).write("[");
      },
    },
    {
      is: `without an end, ${enabled ? "inspected" : "as it comes"}`,
      enabled,
      answer: (response: ServerResponse) => {
        response.writeHead(200, { "content-type": "application/json" });
        const send = () => {
          while (!response.destroyed && response.write(" ".repeat(1000)));
          response.once("drain", send);
        };
        send();
      },
    },
  ]);
  for (const { is, enabled, answer } of cases) {
    it(`${is}: is refused, and the upstream is let go`, async (test) => {
      const letGo = Promise.withResolvers<void>();
      const upstream = await recordingUpstream(test, (response, ...rest) => {
        response.once("close", () => letGo.resolve());
        answer(response, ...rest);
      });
      const haechi = await startHaechi(test, upstream.url, { responseProtection: { enabled, maxBytes: 1000 } });
      const reply = await fetch(haechi.url + CHAT, post(hello));
      assert.equal(reply.status, 502);
      assert.match(await reply.text(), /"haechi_response_too_large"/);
      await letGo.promise;
    });
  }

  it("that nests too deeply is refused", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, "[".repeat(900_000)));
    const { url } = await startHaechi(test, upstream.url, { responseProtection: { enabled: true } });
    assert.equal((await fetch(url + CHAT, post(hello))).status, 502);
  });
});

describe("a stream", () => {
  const inspected: ConfigInput = { streaming: { requestMode: "inspect" }, responseProtection: { maxBytes: 100_000 } };
  const streamed = post(JSON.stringify({ model: "m", stream: true, messages: [] }));

  it("whose event never ends is broken off and says so", async (test) => {
    const upstream = scriptedUpstream();
    const haechi = await startHaechi(test, "http://127.0.0.1:9", inspected, { upstream });
    upstream.answerWith({
      headers: ["content-type", "text/event-stream"],
      pieces: [Buffer.from("data: "), ...Array.from({ length: 1000 }, () => Buffer.from("x".repeat(1000)))],
    });
    const reply = await fetch(haechi.url + CHAT, streamed);
    assert.match(await reply.text(), /"haechi_response_too_large"/);
    assert.ok(upstream.cancelled);
    assert.ok(upstream.taken <= 102, `${upstream.taken}`);
    const last = (await haechi.auditEntries()).at(-1)!;
    assert.ok("decision" in last && last.decision === "stream_failed");
  });

  it("that is passed through is cut off at the response limit", async (test) => {
    const upstream = scriptedUpstream();
    const config: ConfigInput = { ...inspected, streaming: { requestMode: "pass-through" } };
    const { url } = await startHaechi(test, "http://127.0.0.1:9", config, { upstream });
    upstream.answerWith({
      headers: ["content-type", "text/event-stream"],
      pieces: Array.from({ length: 1000 }, () => Buffer.from("data: x\n\n".repeat(100))),
    });
    const reply = await fetch(url + CHAT, streamed);
    await assert.rejects(reply.text());
    assert.ok(upstream.cancelled);
  });

  it("is read at most a megabyte ahead of a client that does not read, and then reaches it whole", {
    timeout: 60_000,
  }, async (test) => {
    const event = Buffer.from(
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "x".repeat(4000) } }] })}\n\n`,
    );
    const events = Math.ceil(20_000_000 / event.length);
    const upstream = await recordingUpstream(test, async (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let sent = 0; sent < events; sent++) if (!response.write(event)) await once(response, "drain");
      response.end("data: [DONE]\n\n");
    });
    const { url } = await startHaechi(test, upstream.url, inspected);
    const ahead = watchReadAhead(test, Number(new URL(upstream.url).port));
    const response = await answerTo(httpRequest(url + CHAT, { method: "POST" }), streamed.body as string);

    // Nothing asks for the body yet. In the end the buffers of both systems are full, and everything stands still.
    let furthest = 0;
    for (let turns = 0, before = -1; turns < 500; turns++) {
      await setImmediate();
      furthest = Math.max(furthest, ahead.bytes());
      if (ahead.received() !== before || !ahead.isWaitingForClient()) turns = 0;
      before = ahead.received();
    }
    assert.ok(ahead.received() < events * event.length, "the buffers have room for the whole stream");

    let received = 0;
    for await (const chunk of response) {
      received += chunk.length;
      furthest = Math.max(furthest, ahead.bytes());
    }
    assert.equal(received, events * event.length + "data: [DONE]\n\n".length);
    assert.ok(furthest <= 1_048_576, `${furthest} bytes ahead`);
  });
});

describe("what is remembered", () => {
  it("of callers has a bound, and the bound shuts nobody out", async (test) => {
    const rateLimiter = createMemoryRateLimiter(systemClock);
    for (let caller = 0; caller < 100_500; caller++) rateLimiter.allow(`caller-${caller}`, 1);
    assert.equal(rateLimiter.size, 100_000);
    const upstream = await recordingUpstream(test, ok);
    const config: ConfigInput = { policy: { rate: { requestsPerMinute: 1 } } };
    const { url } = await startHaechi(test, upstream.url, config, { rateLimiter });
    assert.equal((await fetch(url + CHAT, post(hello))).status, 200);
    assert.equal((await fetch(url + CHAT, post(hello))).status, 429);
    assert.equal(rateLimiter.size, 100_000);
  });

  it("of events for a disk that stands still has a bound; past it nothing leaves, and then all goes on", async (test) => {
    const disk = Promise.withResolvers<void>();
    const store = createMemoryAuditStore();
    const stuck = { ...store, append: (lines: readonly string[]) => disk.promise.then(() => store.append(lines)) };
    const audit = createAuditLog({ store: stuck, clock: systemClock, random: systemRandom });
    const upstream = await recordingUpstream(test, ok);
    const { url } = await startHaechi(test, upstream.url, {}, { audit });
    // The first append takes some of them away, and then stands still.
    const recorded: Promise<unknown>[] = [];
    let isFull = false;
    const notice = () => {
      isFull = true;
    };
    while (!isFull) {
      for (let event = 0; event < 1000; event++) {
        recorded.push(audit.record(sampleDecisionEvent()).catch(notice));
      }
      await setImmediate();
      assert.ok(recorded.length < 2 * WAITING_RECORDS_MAX);
    }
    const reply = await fetch(url + CHAT, post(hello));
    assert.equal(reply.status, 503);
    assert.equal(upstream.requests.length, 0);
    disk.resolve();
    await Promise.all(recorded);
    assert.equal((await fetch(url + CHAT, post(hello))).status, 200);
  });
});

/** How far the gateway of this process has read its upstream without having handed it to its client's system. */
function watchReadAhead(test: Pick<TestContext, "after">, upstreamPort: number) {
  let fromUpstream: Socket | null = null;
  let toClient: Socket | null = null;
  const onConnect = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    socket.once("connect", () => {
      if (socket.remotePort === upstreamPort) fromUpstream = socket;
    });
  };
  const onRequest = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    if (socket.localPort !== upstreamPort) toClient = socket;
  };
  subscribe("net.client.socket", onConnect);
  subscribe("http.server.request.start", onRequest);
  test.after(() => {
    unsubscribe("net.client.socket", onConnect);
    unsubscribe("http.server.request.start", onRequest);
  });
  const received = () => fromUpstream?.bytesRead ?? 0;
  return {
    received,
    bytes: () => received() - (toClient === null ? 0 : toClient.bytesWritten - toClient.writableLength),
    isWaitingForClient: () => toClient !== null && toClient.writableLength > 0,
  };
}

async function answerTo(request: ClientRequest, body: string): Promise<IncomingMessage> {
  request.setHeader("content-type", "application/json").end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return response;
}

function headOf(...headers: readonly string[]): string {
  return [`POST ${CHAT} HTTP/1.1`, "host: localhost", "content-type: application/json", ...headers, "", ""].join(
    "\r\n",
  );
}

/** A client that sends what it is told, byte for byte. */
function rawClient(test: Pick<TestContext, "after">, port: number) {
  const socket = connect(port, "127.0.0.1").setNoDelay();
  test.after(() => socket.destroy());
  let output = "";
  socket.on("error", () => {});
  socket.on("data", (piece) => (output += piece));
  return {
    write: (text: string) => void socket.write(text),
    leave: () => void socket.destroy(),
    async outputMatching(pattern: RegExp): Promise<void> {
      while (!pattern.test(output)) await once(socket, "data");
    },
  };
}
