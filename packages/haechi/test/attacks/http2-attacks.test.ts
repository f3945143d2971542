import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import type { ConfigInput } from "../../src/config/schema.ts";
import { askHttp2, CHAT, CHAT_BODY, connectHttp2 } from "../support/http2-client.ts";
import {
  type Answer,
  answerJson,
  chatCompletion,
  chatStreamEvents,
  recordingUpstream,
} from "../support/recording-upstream.ts";
import { startHttps } from "../support/start-https.ts";
import {
  FLAG,
  FRAME,
  fields,
  frame,
  LAST_REMEMBERED,
  openHttp2,
  type RawHttp2,
  remembered,
  requestFields,
  settings,
} from "./http2-frames.ts";

const WHOLE = FLAG.endStream | FLAG.endHeaders;
const JSON_TYPE = fields(["content-type", "application/json"]);

describe("a hostile client of HTTP/2", () => {
  it("that takes back every stream it opens is cut off, after few exchanges", async (test) => {
    const { haechi, upstream, attack, honest } = await underAttack(test);
    const streams = Array.from({ length: 10_000 }, (_, n) => {
      const id = 2 * n + 1;
      const opened = frame(FRAME.headers, WHOLE, id, requestFields("/v1/models", "GET"));
      return Buffer.concat([opened, frame(FRAME.rstStream, 0, id, Buffer.of(0, 0, 0, CANCEL))]);
    });
    const client = await attack();
    client.send(...streams);
    await client.closed;
    assert.equal(await honest(), 200);
    const reasons = await haechi.reasons();
    assert.ok(reasons.length < 300, `${reasons.length}`);
    assert.equal(reasons.filter((reason) => reason === ABUSED).length, 1);
    assert.ok(upstream.requests.length < 300);
  });

  it("whose head has no end is cut off, and that is recorded once", async (test) => {
    const { haechi, attack, honest } = await underAttack(test);
    const client = await attack();
    client.send(frame(FRAME.headers, 0, 1, requestFields("/v1/models", "GET")));
    for (let n = 0; n < 1000 && !client.socket.destroyed; n++) {
      client.send(...Array.from({ length: 10 }, () => frame(FRAME.continuation, 0, 1, fields(["x", "y"]))));
      await setImmediate();
    }
    await client.closed;
    assert.equal(await honest(), 200);
    assert.deepEqual(await haechi.reasons(), [ABUSED]);
  });

  it("whose head unfolds to a thousand times its size is refused, stream by stream, with little memory", async (test) => {
    const { haechi, upstream, attack, honest } = await underAttack(test);
    const client = await attack();
    const before = process.memoryUsage().rss;
    const bomb = (id: number, first: Uint8Array, times: number) => {
      const head = frame(FRAME.headers, FLAG.endStream, id, Buffer.concat([requestFields("/v1/models", "GET"), first]));
      return Buffer.concat([
        head,
        frame(FRAME.continuation, FLAG.endHeaders, id, Buffer.alloc(times, LAST_REMEMBERED)),
      ]);
    };
    const ids = Array.from({ length: 100 }, (_, n) => 2 * n + 1);
    // Of so few no other limit takes notice: not that of what a connection may hold, 64 MB.
    const past = 1000 - REQUEST_FIELDS;
    client.send(...ids.map((id) => bomb(id, id === 1 ? remembered("x", "y".repeat(4000)) : Buffer.alloc(0), past + 1)));
    await client.next(({ type, stream }) => type === FRAME.rstStream && stream === ids.at(-1));
    assert.equal(client.received.filter(({ type }) => type === FRAME.rstStream).length, ids.length);
    // One field less comes through to the limit of heads, and is told so.
    client.send(bomb(201, Buffer.alloc(0), past));
    assert.equal((await client.next(({ stream }) => stream === 201))?.type, FRAME.headers);
    assert.ok(process.memoryUsage().rss - before < 150_000_000);
    // Whoever has agreed to the settings is bound to 64 KB.
    const agreeing = await attack();
    await agreeing.next(({ type }) => type === FRAME.settings);
    agreeing.send(frame(FRAME.settings, FLAG.ack, 0));
    agreeing.send(bomb(1, remembered("x", "y".repeat(4000)), 16), bomb(3, Buffer.alloc(0), 16));
    assert.equal((await agreeing.next(({ stream }) => stream === 1))?.type, FRAME.rstStream);
    assert.equal((await agreeing.next(({ stream }) => stream === 3))?.type, FRAME.headers);
    assert.equal(await honest(), 200);
    assert.deepEqual(await haechi.reasons(), Array(2).fill("request_head_too_large"));
    assert.equal(upstream.requests.length, 1);
    for (const { socket } of [client, agreeing]) socket.destroy();
  });

  it("that sends nothing but pings, or settings, is cut off whether it reads the answers or not", async (test) => {
    const { haechi, attack, honest } = await underAttack(test);
    const ping = frame(FRAME.ping, 0, 0, Buffer.alloc(8));
    for (const [control, reads] of [
      [ping, true],
      [ping, false],
      [settings(), true],
      [settings(), false],
    ] as const) {
      const client = await attack();
      if (!reads) client.socket.pause();
      for (let n = 0; n < 200 && !client.socket.destroyed; n++) {
        client.send(...Array.from({ length: 50 }, () => control));
        await setImmediate();
      }
      client.socket.resume();
      await client.closed;
    }
    assert.equal(await honest(), 200);
    assert.deepEqual(await haechi.reasons(), Array(4).fill(ABUSED));
  });

  it("gets no more streams than it may have, though it says nothing to our settings", async (test) => {
    const { upstream, attack, honest } = await underAttack(test, (response, { target }) => {
      if (target !== "/v1/models") answerJson(response, chatCompletion("yes"));
    });
    const client = await attack();
    const ids = Array.from({ length: 500 }, (_, n) => 2 * n + 1);
    client.send(...ids.map((id) => frame(FRAME.headers, WHOLE, id, requestFields("/v1/models", "GET"))));
    await client.next(({ type, stream }) => type === FRAME.rstStream && stream === ids.at(-1));
    const refused = client.received.filter(({ type }) => type === FRAME.rstStream);
    assert.equal(refused.length, 400);
    while (upstream.requests.length < 100) await setImmediate();
    assert.equal(await honest(), 200);
    assert.equal(upstream.requests.length, 101);
    client.socket.destroy();
  });

  it("that sends what is no request is reset without a word to anybody, and cut off after a thousand times", async (test) => {
    const { haechi, upstream, attack, honest } = await underAttack(test);
    const GET = requestFields("/v1/models", "GET");
    const heads = [
      Buffer.concat([GET, fields(["connection", "close"])]),
      Buffer.concat([GET, fields(["transfer-encoding", "chunked"])]),
      Buffer.concat([GET, fields(["upgrade", "websocket"])]),
      Buffer.concat([GET, fields(["X-Upper", "1"])]),
      Buffer.concat([GET, fields([":path", "/v1/files"])]),
      Buffer.concat([GET, fields(["host", "a"], ["host", "b"])]),
      Buffer.concat([GET, fields(["content-length", "1"], ["content-length", "2"])]),
      Buffer.concat([GET, fields(["content-length", "5"])]),
      requestFields("/v1/models HTTP/1.1\r\nx: y", "GET"),
      fields([":method", "GET"], [":path", "/v1/models"]),
    ];
    const client = await attack();
    const sent = heads.map((head, n) => frame(FRAME.headers, WHOLE, 2 * n + 1, head));
    client.send(...sent);
    await client.next(({ type, stream }) => type === FRAME.rstStream && stream === 2 * heads.length - 1);
    assert.equal(client.received.filter(({ type }) => type === FRAME.rstStream).length, heads.length);
    assert.deepEqual(await haechi.reasons(), []);
    for (let n = heads.length; n < 1500; n++) client.send(frame(FRAME.headers, WHOLE, 2 * n + 1, heads[0]!));
    await client.closed;
    assert.equal(await honest(), 200);
    assert.deepEqual(await haechi.reasons(), [ABUSED]);
    assert.equal(upstream.requests.length, 1);
  });

  it("cannot hide another message in its fields", async (test) => {
    const { upstream, attack } = await underAttack(test);
    const client = await attack();
    const smuggled = fields(["accept", "a\r\nauthorization: Bearer b"], ["user-agent", "a\0b"]);
    const head = Buffer.concat([requestFields("/v1/models", "GET"), smuggled]);
    client.send(frame(FRAME.headers, WHOLE, 1, head));
    await client.next(({ type, stream }) => type === FRAME.headers && stream === 1);
    assert.doesNotMatch(upstream.requests[0]!.everything, /Bearer|a\0b/);
    client.socket.destroy();
  });

  it("cannot pass half a body off as a whole one", async (test) => {
    const { haechi, upstream, attack, honest } = await underAttack(test);
    const head = (more: Uint8Array = Buffer.alloc(0)) =>
      frame(FRAME.headers, FLAG.endHeaders, 1, Buffer.concat([requestFields(CHAT), JSON_TYPE, more]));
    const data = (flags: number) => frame(FRAME.data, flags, 1, Buffer.from(CHAT_BODY));
    const length = (bytes: number) => fields(["content-length", String(bytes)]);
    const isTaken = async (client: RawHttp2) => {
      const asked = Buffer.alloc(8, client.received.length + 1);
      client.send(frame(FRAME.ping, 0, 0, asked));
      await client.next(({ type, payload }) => type === FRAME.ping && payload.equals(asked));
      await setImmediate();
    };
    // What one whole request leaves in the log.
    assert.equal(await honest(), 200);
    const usual = await haechi.recorded();
    const endings: readonly ((client: RawHttp2) => void)[] = [
      (client) => client.send(frame(FRAME.rstStream, 0, 1, Buffer.of(0, 0, 0, 0))),
      (client) => client.send(frame(FRAME.rstStream, 0, 1, Buffer.of(0, 0, 0, CANCEL))),
      (client) => client.send(frame(FRAME.goaway, 0, 0, Buffer.alloc(8))),
      (client) => client.socket.end(),
      (client) => client.socket.destroy(),
    ];
    for (const end of endings) {
      const client = await attack();
      client.send(head(), data(0));
      await isTaken(client);
      end(client);
      await isTaken(client);
      client.socket.end();
      await client.closed;
    }
    for (const bytes of [CHAT_BODY.length - 1, CHAT_BODY.length + 1]) {
      const client = await attack();
      client.send(head(length(bytes)));
      await isTaken(client);
      client.send(data(FLAG.endStream));
      await client.next(({ type }) => type === FRAME.rstStream);
      client.socket.destroy();
    }
    assert.equal(await honest(), 200);
    assert.equal(upstream.requests.length, 2);
    const halves = endings.length + 2;
    // More than was announced breaks the rules of the connection, too.
    while ((await haechi.reasons()).length < halves + 1) await setImmediate();
    assert.deepEqual((await haechi.reasons()).toSorted(), [...Array(halves).fill("client_left"), ABUSED]);
    assert.equal(await haechi.recorded(), 2 * usual + halves + 1);
  });

  it("that never opens its window holds little, and loses its streams in time; the others go on", async (test) => {
    const taken: number[] = [];
    const { haechi, attack, honest, later } = await underAttack(
      test,
      (response, { everything }) => {
        if (!everything.includes('"stream":true')) return answerJson(response, chatCompletion("yes"));
        const index = taken.push(0) - 1;
        response.writeHead(200, { "content-type": "text/event-stream" });
        const send = () => {
          while (!response.destroyed && taken[index]! < 64_000_000) {
            taken[index]! += 65_536;
            if (!response.write(`: ${"x".repeat(65_532)}\n\n`)) return void response.once("drain", send);
          }
          response.end(chatStreamEvents(["end"]));
        };
        send();
      },
      { streaming: { requestMode: "inspect" } },
    );
    const client = await attack(settings([INITIAL_WINDOW_SIZE, 0]));
    const ids = [1, 3, 5, 7, 9];
    for (const id of ids) client.send(...post(id, '{"model":"m","stream":true,"messages":[]}'));
    for (const id of ids) await client.next(({ type, stream }) => type === FRAME.headers && stream === id);
    assert.equal(await honest(), 200);
    const reset = () => client.received.filter(({ type }) => type === FRAME.rstStream).length;
    while (reset() < ids.length) {
      later(10_000);
      await setImmediate();
    }
    for (const bytes of taken) assert.ok(bytes < 30_000_000, `${bytes}`);
    assert.equal(client.received.filter(({ type }) => type === FRAME.data).length, 0);
    assert.equal(await honest(), 200);
    while ((await haechi.reasons()).length < ids.length) await setImmediate();
    const streams = (await haechi.reasons()).filter((reason) => reason === "client_left");
    assert.equal(streams.length, ids.length);
    client.socket.destroy();
  });

  it("that lets its body wait is answered 408, and one that only holds a connection is let go", async (test) => {
    const { haechi, attack, honest, later } = await underAttack(test);
    const slow = await attack();
    const head = Buffer.concat([requestFields(CHAT), JSON_TYPE]);
    slow.send(frame(FRAME.headers, FLAG.endHeaders, 1, head), frame(FRAME.data, 0, 1, Buffer.from("{")));
    const idle = await attack();
    const silent = await attack(Buffer.alloc(0));
    const pinging = await attack();
    let isClosed = false;
    void Promise.all([idle.closed, silent.closed, pinging.closed]).then(() => (isClosed = true));
    while (!isClosed || !slow.received.some(({ type }) => type === FRAME.headers)) {
      pinging.send(frame(FRAME.ping, 0, 0, Buffer.alloc(8)));
      later(10_000);
      await setImmediate();
    }
    const answer = await slow.next(({ type }) => type === FRAME.data);
    assert.match(answer!.payload.toString(), /haechi_request_timeout/);
    assert.equal(await honest(), 200);
    assert.deepEqual(await haechi.reasons(), ["request_too_slow"]);
    slow.socket.destroy();
  });
});

describe("a gateway of HTTP/2", () => {
  it("lives on, whatever frames come", async (test) => {
    const { attack, honest } = await underAttack(test);
    const heads = [
      requestFields("/v1/models", "GET"),
      Buffer.concat([requestFields(CHAT), JSON_TYPE]),
      fields(["x", "y"]),
    ];
    const payload = fc.oneof(
      fc.constantFrom(...heads, Buffer.from(CHAT_BODY), settings([INITIAL_WINDOW_SIZE, 0]).subarray(9)),
      fc.uint8Array({ maxLength: 64 }),
    );
    const anyFrame = fc
      .tuple(fc.integer({ min: 0, max: 11 }), fc.constantFrom(0, 1, 4, 5, 8, 32, 255), fc.nat(9), payload)
      .map((parts) => frame(...parts));
    const begins = post(1, CHAT_BODY);
    await fc.assert(
      fc.asyncProperty(fc.array(anyFrame, { minLength: 1, maxLength: 12 }), fc.boolean(), async (frames, isBegun) => {
        const client = await attack();
        client.send(...(isBegun ? begins : []), ...frames, frame(FRAME.ping, 0, 0, Buffer.from("haechi!!")));
        // Either all of it was read, or the connection is closed for it.
        await client.next(({ type, payload }) => type === FRAME.ping && payload.includes("haechi!!"));
        client.socket.destroy();
        await client.closed;
      }),
    );
    assert.equal(await honest(), 200);
  });
});

const ABUSED = "http2_connection_abused";
const CANCEL = 8;
/** How many fields every request has. */
const REQUEST_FIELDS = 4;
const INITIAL_WINDOW_SIZE = 4;

function post(id: number, body: string): Buffer[] {
  const head = Buffer.concat([requestFields(CHAT), JSON_TYPE]);
  return [frame(FRAME.headers, FLAG.endHeaders, id, head), frame(FRAME.data, FLAG.endStream, id, Buffer.from(body))];
}

/** A gateway with a clock that the test moves on, a way to attack it, and a client that does as it should. */
async function underAttack(
  test: TestContext,
  answer: Answer = (response) => answerJson(response, chatCompletion("yes")),
  overrides: ConfigInput = {},
) {
  let ahead = 0;
  const { now } = performance;
  test.mock.method(performance, "now", () => now.call(performance) + ahead);
  test.mock.timers.enable({ apis: ["setInterval"] });
  const upstream = await recordingUpstream(test, answer);
  const haechi = await startHttps(test, upstream.url, overrides);
  return {
    upstream,
    haechi: {
      /** How many entries the log has. */
      recorded: async () => (await haechi.auditEntries()).length,
      /** Why exchanges, and what was none, were refused. */
      async reasons(): Promise<readonly (string | null)[]> {
        const entries = await haechi.auditEntries();
        return entries.flatMap((entry) => ("decision" in entry && "reason" in entry ? [entry.reason] : []));
      },
    },
    async attack(first?: Uint8Array): Promise<RawHttp2> {
      const client = await openHttp2(haechi.gateway.port, first);
      test.after(() => client.socket.destroy());
      return client;
    },
    async honest(): Promise<number> {
      const session = connectHttp2(test, haechi);
      const { status } = await askHttp2(session, {}, CHAT_BODY);
      session.destroy();
      return status;
    },
    later(ms: number): void {
      ahead += ms;
      test.mock.timers.tick(ms);
    },
  };
}
