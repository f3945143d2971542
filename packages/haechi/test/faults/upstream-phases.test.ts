import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { UpstreamFault } from "../../src/ports/upstream.ts";
import { type Certified, createAuthority } from "../support/certificates.ts";
import { chatCompletion, chatStreamEvents } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";

const answer = chatCompletion("ok");
const wholeAnswer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`;
const streamHead = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
const LAST = "[DONE]";
const firstEvents = chunk(chatStreamEvents(["hello"]).split("data: [DONE]")[0]!);

interface Slowness {
  readonly phase: string;
  readonly act: (socket: Socket) => void;
  readonly timeouts: NonNullable<NonNullable<ConfigInput["target"]>["timeouts"]>;
  readonly reason: UpstreamFault;
}

const slow: readonly Slowness[] = [
  { phase: "the head", act: () => {}, timeouts: { headersMs: 60 }, reason: "head_timeout" },
  {
    phase: "the head, of which it sends a part",
    act: (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-"),
    timeouts: { headersMs: 60 },
    reason: "head_timeout",
  },
  {
    phase: "the body",
    act: (socket) => socket.write(wholeAnswer.slice(0, -1)),
    timeouts: { idleMs: 60 },
    reason: "body_timeout",
  },
  {
    phase: "all of it, a byte at a time",
    act: (socket) => drip(socket, wholeAnswer),
    timeouts: { totalMs: 100 },
    reason: "total_timeout",
  },
];

describe("an upstream that is slow with", () => {
  for (const { phase, act, timeouts, reason } of slow) {
    it(`${phase}: 504, one record of it, and its connection is closed`, async (test) => {
      const upstream = await acting(test, act);
      const haechi = await startHaechi(test, upstream.url, { target: { timeouts } });
      await assertFailure(await ask(haechi), 504, "haechi_upstream_timeout");
      assert.deepEqual(await recorded(haechi), ["request", `upstream_failed ${reason}`]);
      assert.match(await haechi.metrics(), /^haechi_upstream_timeout_total 1$/m);
      await upstream.closed;
    });
  }

  for (const [phase, timeouts, reason, rest] of [
    ["a stream", { idleMs: 60 }, "body_timeout", ""],
    ["the end of a stream that goes on", { totalMs: 1000 }, "total_timeout", chatStreamEvents(["x".repeat(3000)])],
  ] as const) {
    it(`${phase}: an error in the stream, one record of it, and its connection is closed`, async (test) => {
      const upstream = await acting(test, (socket) => {
        socket.write(streamHead + firstEvents);
        drip(socket, [...rest].map(chunk).join(""));
      });
      const config = { target: { timeouts }, streaming: { requestMode: "inspect" } } as const;
      const haechi = await startHaechi(test, upstream.url, config);
      const response = await ask(haechi, { stream: true });
      assert.equal(response.status, 200);
      assert.match(await response.text(), /hello[\s\S]*haechi_upstream_timeout/);
      assert.deepEqual(await recorded(haechi), ["request", `stream_failed ${reason}`]);
      assert.match(await haechi.metrics(), /^haechi_response_stream_truncated_total 1$/m);
      await upstream.closed;
    });
  }

  it("the agreement on TLS: 504, and one record that says that nothing was sent", async (test) => {
    const upstream = await acting(test, () => {});
    const secured = upstream.url.replace("http:", "https:");
    const haechi = await startHaechi(test, secured, { target: { timeouts: { connectMs: 60 } } });
    await assertFailure(await ask(haechi), 504, "haechi_upstream_timeout");
    assert.deepEqual(await recorded(haechi), ["request", "upstream_failed connect_timeout"]);
    await upstream.closed;
  });

  it("others, so that no connection is free: 504 for who waits too long, 503 for who may not wait", async (test) => {
    const upstream = await acting(test, () => {});
    for (const [target, status, error, record] of [
      [
        { pool: { connections: 1 }, timeouts: { queueMs: 60 } },
        504,
        "haechi_upstream_timeout",
        "upstream_failed pool_timeout",
      ],
      [{ pool: { connections: 1, pending: 0 } }, 503, "haechi_overloaded", "overloaded pool_full"],
    ] as const) {
      const haechi = await startHaechi(test, upstream.url, { target });
      const holder = new AbortController();
      const reached = upstream.nextRequest();
      const held = ask(haechi, {}, holder.signal);
      held.catch(() => {});
      await reached;
      const refused = await ask(haechi);
      if (status === 503) assert.ok(refused.headers.has("retry-after"));
      await assertFailure(refused, status, error);
      assert.deepEqual(await recorded(haechi), ["request", "request", record]);
      holder.abort();
    }
  });
});

describe("an upstream that cannot be reached", () => {
  it("because its name does not resolve: 502", async (test) => {
    const haechi = await startHaechi(test, "http://no-such-host.invalid");
    await assertFailure(await ask(haechi), 502, "haechi_upstream_unreachable");
    assert.deepEqual(await recorded(haechi), ["request", "upstream_failed name_unresolved"]);
    assert.match(await haechi.metrics(), /^haechi_upstream_error_total 1$/m);
  });

  it("because its name leads to an address that is not allowed: 502", async (test) => {
    const upstream = await acting(test, (socket) => socket.write(wholeAnswer));
    const named = upstream.url.replace("127.0.0.1", "localhost");
    const haechi = await startHaechi(test, named, { target: { addresses: "public" } });
    await assertFailure(await ask(haechi), 502, "haechi_upstream_unreachable");
    assert.deepEqual(await recorded(haechi), ["request", "upstream_failed address_blocked"]);
    assert.equal(upstream.connections(), 0);
  });

  const authority = createAuthority();
  const certificates: readonly (readonly [string, Certified, UpstreamFault])[] = [
    ["of an authority that is not trusted", createAuthority("somebody else").issue(), "certificate_untrusted"],
    ["that is out of date", authority.issue({ notAfter: "210101000000Z" }), "certificate_expired"],
    ["of another name", authority.issue({ names: ["other.invalid"], addresses: [] }), "certificate_name_mismatch"],
  ];
  for (const [what, certified, reason] of certificates) {
    it(`because its certificate is one ${what}: 502, and nothing was sent`, async (test) => {
      const upstream = await answeringTls(test, certified);
      const caFile = join(await tempFolder(test), "ca.pem");
      await writeFile(caFile, authority.cert);
      const haechi = await startHaechi(test, upstream.url, { target: { tls: { caFile } } });
      await assertFailure(await ask(haechi), 502, "haechi_upstream_unreachable");
      assert.deepEqual(await recorded(haechi), ["request", `upstream_failed ${reason}`]);
      assert.equal(upstream.requests(), 0);
    });
  }
});

describe("an upstream that breaks off a stream that passes uninspected", () => {
  it("ends the client's connection in the middle, and is recorded", async (test) => {
    const upstream = await acting(test, (socket) => socket.end(streamHead + firstEvents));
    const haechi = await startHaechi(test, upstream.url, { streaming: { requestMode: "pass-through" } });
    const response = await ask(haechi, { stream: true });
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
    assert.deepEqual(await recorded(haechi), [
      "streaming_request_pass_through streaming_request_pass_through",
      "stream_failed connection_broken",
    ]);
  });
});

describe("a connection that is kept", () => {
  it("and closed by the upstream is not used again", async (test) => {
    const upstream = await acting(test, (socket) => socket.write(wholeAnswer));
    const haechi = await startHaechi(test, upstream.url);
    for (let round = 1; round <= 5; round++) {
      assert.equal(await (await ask(haechi)).text(), answer);
      await upstream.closeAll();
      assert.equal(upstream.connections(), round);
    }
  });

  it("whose other end has vanished costs one request its time, and no other one", async (test) => {
    let vanished = false;
    const upstream = await acting(test, (socket) => {
      if (!vanished) socket.write(wholeAnswer);
    });
    // Long enough for the heads that do come, on a machine that does much else.
    const target = { timeouts: { headersMs: 1000 }, pool: { connections: 1 } };
    const haechi = await startHaechi(test, upstream.url, { target });
    assert.equal((await ask(haechi)).status, 200);
    vanished = true;
    await assertFailure(await ask(haechi), 504, "haechi_upstream_timeout");
    vanished = false;
    assert.equal((await ask(haechi)).status, 200);
    assert.equal(upstream.connections(), 2);
  });
});

/** Reads until a text has come. */
async function read(socket: Socket, text: string): Promise<void> {
  let got = "";
  while (!got.includes(text)) got += String((await once(socket, "data"))[0]);
}

describe("a client that leaves", () => {
  const inspect = { streaming: { requestMode: "inspect" } } as const;
  const passThrough = { streaming: { requestMode: "pass-through" } } as const;
  const failed = ["request", "stream_failed client_left"];
  const phases: readonly (readonly [
    phase: string,
    upstreamSends: string,
    config: ConfigInput,
    records: readonly string[],
  ])[] = [
    ["before the head of its answer", "", {}, ["request", "request_refused client_left"]],
    ["in the middle of a head", "HTTP/1.1 200 OK\r\n", {}, ["request", "request_refused client_left"]],
    ["in the middle of a body", wholeAnswer.slice(0, -1), {}, ["request", "request_refused client_left"]],
    ["in the middle of an inspected stream", streamHead + firstEvents, inspect, failed],
    [
      "that has all of an inspected stream",
      streamHead + firstEvents + chunk(`data: ${LAST}\n\n`),
      inspect,
      ["request", "stream_inspected stream_inspected"],
    ],
    [
      "in the middle of a stream that passes",
      streamHead + firstEvents,
      passThrough,
      ["streaming_request_pass_through streaming_request_pass_through", "stream_failed client_left"],
    ],
  ];
  for (const [phase, upstreamSends, config, records] of phases) {
    it(`${phase}: the request upstream ends with it, which is recorded once`, async (test) => {
      const upstream = await acting(test, (socket) => void (upstreamSends !== "" && socket.write(upstreamSends)));
      const haechi = await startHaechi(test, upstream.url, config);
      const client = askRaw(haechi, { stream: config.streaming !== undefined });
      // A stream has begun for the client too; of a whole answer it sees nothing yet.
      if (upstreamSends.includes(LAST)) await read(client, LAST);
      else if (upstreamSends.startsWith(streamHead)) await once(client, "data");
      else await upstream.nextRequest();
      client.destroy();
      await upstream.closed;
      await eventually(async () => assert.deepEqual(await recorded(haechi), records), haechi);
      const counted = /^haechi_requests_total\{.*decision="(?:client_left|stream_failed|stream_inspected)"\} 1$/m;
      await eventually(async () => assert.ok(counted.test(await haechi.metrics())), haechi);
      assert.ok(haechi.gateway.isIdle());
    });
  }

  it("while no connection is free, never reaches the upstream", async (test) => {
    const upstream = await acting(test, () => {});
    const haechi = await startHaechi(test, upstream.url, { target: { pool: { connections: 1 } } });
    const reached = upstream.nextRequest();
    const holder = askRaw(haechi, {});
    await reached;
    const waiting = askRaw(haechi, { model: "never-sent" });
    await eventually(async () => assert.equal((await recorded(haechi)).length, 2), haechi);
    waiting.destroy();
    await eventually(async () => assert.equal((await recorded(haechi)).length, 3), haechi);
    holder.destroy();
    await upstream.closed;
    assert.ok(!upstream.received().includes("never-sent"));
  });

  it("while it still sends its request, leaves nothing behind", async (test) => {
    const upstream = await acting(test, () => {});
    const haechi = await startHaechi(test, upstream.url);
    const client = askRaw(haechi, {}, 5);
    await once(client, "connect");
    client.destroy();
    await eventually(async () => assert.deepEqual(await recorded(haechi), ["request_refused client_left"]), haechi);
    assert.equal(upstream.connections(), 0);
  });
});

async function assertFailure(response: Response, status: number, error: string): Promise<void> {
  assert.equal(response.status, status);
  assert.equal(((await response.json()) as { error: string }).error, error);
}

/** What each record says, in order. */
async function recorded(haechi: HaechiUnderTest): Promise<readonly string[]> {
  assert.deepEqual(
    haechi.logged.filter((line) => line.includes("internal_error")),
    [],
  );
  return (await haechi.auditEntries()).map((entry) =>
    "decision" in entry ? `${entry.decision} ${entry.reason}` : entry.operation.split(":")[0]!,
  );
}

/** Until it holds: each round asks the gateway something, so that its loop goes on. */
async function eventually(check: () => Promise<void>, { url }: HaechiUnderTest): Promise<void> {
  for (let round = 0; ; round++) {
    try {
      return await check();
    } catch (error) {
      if (round === 500) throw error;
      await (await fetch(`${url}/__haechi/live`)).text();
    }
  }
}

function ask({ url }: HaechiUnderTest, members: object = {}, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: bodyWith(members),
    ...(signal === undefined ? {} : { signal }),
  });
}

function bodyWith(members: object): string {
  return JSON.stringify({ model: "m", messages: [{ role: "user", content: "hello" }], ...members });
}

/** @param missing bytes of the body that are never sent */
function askRaw({ url }: HaechiUnderTest, members: object, missing = 0): Socket {
  const body = bodyWith(members);
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => {});
  const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  socket.write(`${head}\r\n\r\n${body.slice(0, body.length - missing)}`);
  return socket;
}

/** An upstream that does the same with every request that it has read. */
async function acting(test: TestContext, act: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const closed = Promise.withResolvers<void>();
  let connections = 0;
  let received = "";
  let request = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => {
      sockets.delete(socket);
      closed.resolve();
    });
    let pending = "";
    socket.on("data", (piece: Buffer) => {
      pending += piece.toString("latin1");
      received += piece.toString("latin1");
      const [head = "", body] = pending.split("\r\n\r\n", 2);
      if (body === undefined || body.length < Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])) return;
      pending = "";
      act(socket);
      request.resolve();
      request = Promise.withResolvers();
    });
  });
  const url = `http://127.0.0.1:${await listening(test, server, sockets)}`;
  return {
    url,
    /** The first connection is closed. */
    closed: closed.promise,
    connections: () => connections,
    received: () => received,
    nextRequest: () => request.promise,
    async closeAll() {
      const open = [...sockets];
      const ends = open.map((socket) => once(socket, "close"));
      for (const socket of open) socket.end();
      await Promise.all(ends);
    },
  };
}

async function answeringTls(test: TestContext, certified: Certified) {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createTlsServer(certified, (_request, response) => {
    requests++;
    response.end(answer);
  });
  server.on("connection", (socket: Socket) => sockets.add(socket));
  server.on("tlsClientError", () => {});
  return { url: `https://127.0.0.1:${await listening(test, server, sockets)}`, requests: () => requests };
}

async function listening(test: TestContext, server: Server, sockets: ReadonlySet<Socket>): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at < text.length) socket.write(text.slice(at, ++at));
    else clearInterval(timer);
  }, 5);
  socket.once("close", () => clearInterval(timer));
}

function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}
