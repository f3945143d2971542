import assert from "node:assert/strict";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { selfSignedCertificate } from "../../../test/support/self-signed-certificate.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import { systemClock } from "../../providers/system/system-clock.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import type { ClientRequest, ClientResponse } from "../client-message.ts";
import { replyWithError, sendJson } from "../error-reply.ts";
import { createExchange, type Exchange } from "../exchange.ts";
import { isOriginForm } from "../flow/admit.ts";
import { type BodyPace, readBody } from "../flow/read-body.ts";
import { drain } from "./drain.ts";
import { createServer, type Listener, type ListenOptions } from "./server.ts";

describe("server", () => {
  it("leaves node's time limits alone where the configuration says nothing", () => {
    const { server: plain } = createServer({ ...options, onExchange: () => {} });
    assert.equal(plain.requestTimeout, 300_000);
    assert.equal(plain.headersTimeout, 60_000);
    const { server: set } = createServer({
      ...options,
      headersTimeoutMs: 0,
      requestTimeoutMs: 5000,
      onExchange: () => {},
    });
    assert.equal(set.requestTimeout, 5000);
    assert.equal(set.headersTimeout, 0);
  });

  it("hands targets over exactly as they stand on the request line", async (t) => {
    const targets: string[] = [];
    const port = await listen(t, (exchange) => {
      targets.push(exchange.target);
      assert.equal(isOriginForm(exchange.target), exchange.target === "/plain?a=b");
      sendJson(exchange, 200, {});
    });
    const lines = ["/plain?a=b", "http://127.0.0.1:1/x", "//127.0.0.1:1/x", "/.//127.0.0.1:1/x", "/a/../b", "/a\\b"];
    for (const line of lines) await exchangeRaw(port, `GET ${line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    assert.deepEqual(targets, lines);
  });

  it("hands over what is not HTTP, and a head that is too large, and sends what it is told", async (t) => {
    const port = await listen(t, () => assert.fail("not an exchange"));
    for (const text of [
      "hello\r\n\r\n",
      "GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
      "GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n",
      "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
    ]) {
      assert.equal(await exchangeRaw(port, text), "REQUEST_MALFORMED\n");
    }
    const large = `GET / HTTP/1.1\r\nhost: x\r\nx: ${"a".repeat(20_000)}\r\n\r\n`;
    assert.equal(await exchangeRaw(port, large), "REQUEST_HEAD_TOO_LARGE\n");
  });

  it("serves https where it has a certificate", async (t) => {
    const { key, cert } = selfSignedCertificate();
    const { port, listener } = await open(t, (exchange) => sendJson(exchange, 200, {}), { tls: { key, cert } });
    const request = https.get({ host: "127.0.0.1", port, ca: cert });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    assert.equal(response.statusCode, 200);
    response.resume();
    await once(response, "end");
    await drain(listener, 60_000);
  });
});

describe("exchange", () => {
  it("has the parts of its target, an id of its own and the time it began", async (t) => {
    const seen: Exchange[] = [];
    const port = await listen(t, (exchange) => {
      seen.push(exchange);
      sendJson(exchange, 200, {});
    });
    for (const target of ["/a?b=c?d", "/a"]) await get(port, target);
    assert.deepEqual(
      seen.map(({ method, path, query }) => [method, path, query]),
      [
        ["GET", "/a", "b=c?d"],
        ["GET", "/a", ""],
      ],
    );
    assert.notEqual(seen[0]?.id, seen[1]?.id);
    assert.ok(seen.every(({ signal }) => !signal.aborted));
  });

  it("is aborted when the client leaves, and not when it was answered", async (t) => {
    const left = Promise.withResolvers<Exchange>();
    const port = await listen(t, (exchange) => {
      if (exchange.path === "/answered") return sendJson(exchange, 200, {});
      exchange.signal.addEventListener("abort", () => left.resolve(exchange));
      socket.destroy();
    });
    await get(port, "/answered");
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n");
    const { signal } = await left.promise;
    assert.ok(isHaechiError(signal.reason, "CLIENT_LEFT"));
  });
});

describe("request bodies", () => {
  it("are read whole, in one piece or many", async (t) => {
    const port = await listenForBodies(t, 10_000);
    const body = JSON.stringify({ a: "b".repeat(9000) });
    assert.match(await post(port, [`content-length: ${body.length}`], [body]), new RegExp(`"length": ${body.length}`));
    const chunks = body.match(/.{1,1000}/g)!.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
    const chunked = await post(port, ["transfer-encoding: chunked"], [...chunks, "0\r\n\r\n"]);
    assert.match(chunked, new RegExp(`"length": ${body.length}`));
  });

  it("are taken at exactly the limit and refused one byte beyond", async (t) => {
    const port = await listenForBodies(t, 100);
    assert.match(await post(port, ["content-length: 100"], ["x".repeat(100)]), /^HTTP\/1.1 200 /);
    const declared = await post(port, ["content-length: 101"], []);
    assert.match(declared, /^HTTP\/1.1 413 [\s\S]*"error": "haechi_request_body_too_large"/);
    const chunked = ["64\r\n", "x".repeat(100), "\r\n1\r\n", "x\r\n0\r\n\r\n"];
    assert.match(await post(port, ["transfer-encoding: chunked"], chunked), /^HTTP\/1.1 413 /);
  });

  it("past the limit are answered while the client still sends, and their connection is closed", async (t) => {
    const port = await listenForBodies(t, 1000);
    const socket = connect(port, "127.0.0.1");
    const closed = closing(socket);
    let answer = "";
    socket.on("data", (piece) => (answer += piece));
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000\r\n\r\n");
    const piece = Buffer.alloc(65_536);
    const send = () => {
      while (socket.writable) if (!socket.write(piece)) return void socket.once("drain", send);
    };
    send();
    await closed;
    assert.match(answer, /^HTTP\/1.1 413 /);
    assert.match(answer, /connection: close\r\n/);
    assert.ok(socket.bytesWritten < 16_000_000, `${socket.bytesWritten}`);
  });

  it("that nobody reads do not cost a client its connection when they are small", async (t) => {
    const port = await listen(t, (exchange) => sendJson(exchange, 401, {}));
    const two = "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello".repeat(2);
    const answer = await exchangeRaw(port, `${two}GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    assert.equal(answer.match(/HTTP\/1.1 401 /g)?.length, 3);
  });

  it("are asked for only when they are wanted", async (t) => {
    const port = await listenForBodies(t, 100);
    const head = (target: string) =>
      `POST ${target} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\nconnection: close\r\n\r\n`;
    const refused = await exchangeRaw(port, head("/refuse"));
    assert.match(refused, /^HTTP\/1.1 401 /);
    assert.match(refused, /connection: close\r\n/);
    assert.doesNotMatch(refused, /100 Continue/);

    const socket = connect(port, "127.0.0.1");
    socket.write(head("/"));
    const [first] = await once(socket, "data");
    assert.match(String(first), /^HTTP\/1.1 100 Continue/);
    socket.write("{}");
    const [second] = await once(socket, "data");
    assert.match(String(second), /^HTTP\/1.1 200 [\s\S]*"length": 2/);
    socket.destroy();
  });

  it("of another type or coding are refused unread", async (t) => {
    const port = await listenForBodies(t, 100);
    const typed = await post(port, ["content-length: 2", "content-type: application/x-sh"], ["{}"]);
    assert.match(typed, /^HTTP\/1.1 415 [\s\S]*"haechi_request_type_unsupported"/);
    const coded = await post(port, ["content-length: 2", "content-encoding: compress"], ["{}"]);
    assert.match(coded, /^HTTP\/1.1 415 [\s\S]*"haechi_request_encoding_unsupported"/);
  });

  it("that stop coming are given up", async (t) => {
    const port = await listenForBodies(t, 100_000, { intervalMs: 20, bytesMin: 10 });
    const answer = await post(port, ["content-length: 100000"], ["{"]);
    assert.match(answer, /^HTTP\/1.1 408 [\s\S]*"haechi_request_timeout"/);
  });

  it("of a client that leaves are given up", async (t) => {
    const failed = Promise.withResolvers<unknown>();
    const port = await listen(t, async (exchange) => {
      const body = readBody(exchange.request, 100);
      socket.destroy();
      await body.catch(failed.resolve);
    });
    const socket = connect(port, "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nab");
    assert.ok(isHaechiError(await failed.promise, "CLIENT_LEFT"));
  });
});

describe("replies", () => {
  it("carry the exchange's id, are never stored, and say when to come back", async (t) => {
    const port = await listen(t, (exchange) => {
      const overloaded = exchange.path === "/busy";
      replyWithError(exchange, new HaechiError(overloaded ? "OVERLOADED" : "UNAUTHENTICATED", "not returned"), 7);
    });
    const busy = await get(port, "/busy");
    assert.match(busy, /^HTTP\/1.1 503 [\s\S]*retry-after: 7\r\n/);
    assert.match(busy, /x-haechi-correlation-id: [0-9a-f-]{36}\r\n/);
    assert.match(busy, /cache-control: no-store\r\n/);
    assert.match(busy, /\r\n\r\n\{\n {2}"error": "haechi_overloaded",\n {2}"message": "[^"]+"\n\}\n$/);
    assert.match(await get(port, "/"), /^HTTP\/1.1 401 [\s\S]*www-authenticate: Bearer realm="haechi"\r\n/);
  });

  it("after a head that is out already break the connection instead", async (t) => {
    const port = await listen(t, (exchange) => {
      exchange.response.writeHead(200, ["content-length", "10"]);
      // Here every response is one of Node's.
      const response = exchange.response as ServerResponse;
      response.write("part", () => replyWithError(exchange, new Error("late")));
    });
    const answer = await get(port, "/");
    assert.match(answer, /^HTTP\/1.1 200 [\s\S]*part$/);
  });
});

describe("stalled connections", () => {
  it("are closed when a head trickles in, and left alone when they are kept for later", async (t) => {
    const { port, listener } = await open(t, (exchange) => sendJson(exchange, 200, {}));
    const { connections } = listener;
    const head = "GET / HTTP/1.1\r\nhost: x\r\n";
    const fresh = connect(port, "127.0.0.1");
    const trickling = connect(port, "127.0.0.1");
    const kept = connect(port, "127.0.0.1");
    const onSlowHead = (socket: Socket) => socket.destroy();
    void closing(fresh.resume());
    void closing(trickling.resume());
    for (const socket of [trickling, kept]) {
      socket.write(`${head}\r\n`);
      await once(socket, "data");
    }
    connections.closeStalled(0, 20_000, onSlowHead);
    trickling.write(head);
    for (let now = 5000; !(fresh.closed && trickling.closed); now += 5000) {
      connections.closeStalled(now, 20_000, onSlowHead);
      await new Promise((resolve) => setImmediate(resolve));
    }
    kept.write(`${head}\r\n`);
    const [answer] = await once(kept, "data");
    assert.match(String(answer), /^HTTP\/1.1 200 /);
  });

  it("are closed when a client reads nothing, and left alone while the upstream is waited for", async (t) => {
    const begun: Exchange[] = [];
    const both = Promise.withResolvers<void>();
    const { port, listener } = await open(t, (exchange) => {
      if (begun.push(exchange) === 2) both.resolve();
    });
    const head = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
    const lazy = connect(port, "127.0.0.1").pause();
    const patient = connect(port, "127.0.0.1");
    lazy.write(`${head.replace("/ ", "/lazy ")}`);
    patient.write(head);
    await both.promise;
    const [answered, waiting] = begun[0]?.path === "/lazy" ? begun : begun.toReversed();
    answered?.response.write(Buffer.alloc(32_000_000));
    // The client's system takes in some of it before everything stands still.
    for (let now = 0; !answered?.signal.aborted; now += 10_000) {
      listener.connections.closeStalled(now, 20_000, () => {});
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(!waiting?.signal.aborted);
  });
});

describe("drain", () => {
  it("closes idle connections at once, lets an exchange finish and takes no new connection", async (t) => {
    const held = Promise.withResolvers<Exchange>();
    const { port, listener } = await open(t, (exchange) => {
      if (exchange.path === "/held") held.resolve(exchange);
      else sendJson(exchange, 200, {});
    });
    const idle = connect(port, "127.0.0.1");
    idle.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    await once(idle, "data");
    const idleClosed = closing(idle);
    const busy = connect(port, "127.0.0.1");
    busy.write("GET /held HTTP/1.1\r\nhost: x\r\n\r\n");
    const exchange = await held.promise;

    const drained = drain(listener, 60_000);
    await idleClosed;
    const late = connect(port, "127.0.0.1");
    const [refusal] = (await once(late, "error")) as [NodeJS.ErrnoException];
    assert.equal(refusal.code, "ECONNREFUSED");

    let answer = "";
    busy.on("data", (piece) => (answer += piece));
    const large = "x".repeat(5_000_000);
    sendJson(exchange, 200, { large });
    await once(busy, "close");
    assert.ok(answer.endsWith(`"large": "${large}"\n}\n`));
    await drained;
  });

  it("cuts off what is left after the grace period", async (t) => {
    const held = Promise.withResolvers<Exchange>();
    const { port, listener } = await open(t, held.resolve);
    const busy = connect(port, "127.0.0.1");
    busy.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    const closed = closing(busy);
    const { signal } = await held.promise;
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    await drain(listener, 10);
    await closed;
    await aborted;
  });

  it("resolves for a server with nothing to do", async (t) => {
    const { listener } = await open(t, () => {});
    await drain(listener, 60_000);
  });
});

const options = {
  tls: null,
  http2: false,
  isProxySender: null,
  headersTimeoutMs: null,
  requestTimeoutMs: null,
  onRefused: async (fault: HaechiError) => `${fault.code}\n`,
};

type OnExchange = (exchange: Exchange) => unknown;

async function open(t: TestContext, onExchange: OnExchange, more: Partial<ListenOptions> = {}) {
  const accept = (request: ClientRequest, response: ClientResponse) =>
    void onExchange(createExchange(request, response, { clock: systemClock, random: systemRandom }));
  const listener: Listener = createServer({ ...options, onExchange: accept, ...more });
  listener.server.listen(0, "127.0.0.1");
  await once(listener.server, "listening");
  t.after(() => drain(listener, 0));
  return { listener, port: (listener.server.address() as AddressInfo).port };
}

async function listen(t: TestContext, onExchange: OnExchange, more?: Partial<ListenOptions>): Promise<number> {
  return (await open(t, onExchange, more)).port;
}

/** Answers with the length of each body, and refuses `/refuse` without a look at it. */
function listenForBodies(t: TestContext, maxBytes: number, pace?: BodyPace): Promise<number> {
  return listen(t, async (exchange) => {
    if (exchange.path === "/refuse") return sendJson(exchange, 401, {});
    try {
      const body = await readBody(exchange.request, maxBytes, pace);
      sendJson(exchange, 200, { length: body.length });
    } catch (error) {
      replyWithError(exchange, error);
    }
  });
}

function get(port: number, target: string): Promise<string> {
  return exchangeRaw(port, `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
}

function post(port: number, headers: readonly string[], body: readonly string[]): Promise<string> {
  const head = ["POST / HTTP/1.1", "host: x", "connection: close", ...headers].join("\r\n");
  return exchangeRaw(port, `${head}\r\n\r\n`, ...body);
}

/** Sends texts as pieces of their own and resolves with everything that comes back until the connection closes. */
async function exchangeRaw(port: number, ...texts: readonly string[]): Promise<string> {
  const socket: Socket = connect(port, "127.0.0.1").setNoDelay();
  let answer = "";
  socket.on("data", (piece) => (answer += piece));
  const closed = closing(socket);
  for (const text of texts) await new Promise((resolve) => socket.write(text, resolve));
  await closed;
  return answer;
}

/** Resolves when the connection is closed, cleanly or not. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on("error", () => {}).on("close", () => resolve()));
}
