import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import type { ConfigInput } from "../../src/config/schema.ts";
import { chatCompletion, chatStreamEvents } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

interface Fault {
  readonly upstream: string;
  /** What it does once it has read a request. */
  readonly act: (socket: Socket) => void;
  readonly asksForStream?: true;
  readonly config?: ConfigInput;
  readonly status: number;
  readonly error?: string;
  /** Found in what the client gets. */
  readonly body?: RegExp;
  /** Beside the record of the request, which is there once whatever happens; none for what is no fault to us. */
  readonly decision?: string;
}

const answer = chatCompletion("ok");
const JSON_TYPE = "content-type: application/json";
const STREAM_TYPE = "content-type: text/event-stream";
const beginsStream = `HTTP/1.1 200 OK\r\n${STREAM_TYPE}\r\ntransfer-encoding: chunked\r\n\r\n${chunkOf(
  chatStreamEvents(["hello"]).split("data: [DONE]")[0]!,
)}`;

const unreachable = { status: 502, error: "haechi_upstream_unreachable", decision: "upstream_failed" };
const uninspectable = { status: 502, error: "haechi_response_unprotected", decision: "response_unprotected_blocked" };
const brokenStream = {
  asksForStream: true,
  status: 200,
  body: /hello[\s\S]*haechi_upstream_unreachable/,
  decision: "stream_failed",
} as const;
const inspected: ConfigInput = { responseProtection: { enabled: true } };
const impatient: ConfigInput = { limits: { upstreamTimeoutMs: 200 } };

const faults: readonly Fault[] = [
  { upstream: "closes the connection without a word", act: (socket) => socket.end(), ...unreachable },
  { upstream: "resets the connection before its head", act: (socket) => socket.resetAndDestroy(), ...unreachable },
  {
    upstream: "resets the connection in its head",
    act: (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-", () => socket.resetAndDestroy()),
    ...unreachable,
  },
  {
    upstream: "resets the connection in the middle of its JSON",
    act: (socket) => {
      const head = reply("200 OK", [JSON_TYPE, "content-length: 1000"]);
      socket.write(`${head}{"id":`, () => socket.resetAndDestroy());
    },
    ...unreachable,
  },
  {
    upstream: "ends before the length that it has declared",
    act: (socket) => socket.end(`${reply("200 OK", [JSON_TYPE, "content-length: 1000"])}${answer}`),
    ...unreachable,
  },
  {
    upstream: "declares a length that cuts its JSON off",
    act: (socket) => socket.write(`${reply("200 OK", [JSON_TYPE, "content-length: 20"])}${answer}`),
    config: inspected,
    ...uninspectable,
  },
  {
    upstream: "declares two lengths",
    act: (socket) => {
      const lengths = [`content-length: ${answer.length}`, `content-length: ${answer.length + 1}`];
      socket.write(`${reply("200 OK", [JSON_TYPE, ...lengths])}${answer}`);
    },
    ...unreachable,
  },
  {
    upstream: "declares a length that is no number",
    act: (socket) => socket.write(`${reply("200 OK", [JSON_TYPE, "content-length: -1"])}${answer}`),
    ...unreachable,
  },
  {
    upstream: "declares a length and chunks",
    act: (socket) => {
      const framing = ["content-length: 5", "transfer-encoding: chunked"];
      socket.write(`${reply("200 OK", [JSON_TYPE, ...framing])}${chunkOf(answer)}0\r\n\r\n`);
    },
    ...unreachable,
  },
  {
    upstream: "sends a chunk of no size",
    act: (socket) => {
      socket.write(`${reply("200 OK", [JSON_TYPE, "transfer-encoding: chunked"])}${chunkOf('{"id":')}zz\r\n1}\r\n`);
    },
    ...unreachable,
  },
  {
    upstream: "answers with something that is not HTTP",
    act: (socket) => socket.write("SSH-2.0-OpenSSH_9.6\r\n"),
    ...unreachable,
  },
  {
    upstream: "answers with bytes that are nothing at all",
    act: (socket) => socket.write(Buffer.alloc(1000, 0xff)),
    ...unreachable,
  },
  {
    upstream: "answers with a status that is none",
    act: (socket) => socket.write(`${reply("42 What", [JSON_TYPE, "content-length: 2"])}{}`),
    ...unreachable,
  },
  {
    upstream: "sends a head that does not end",
    act: (socket) => socket.write(reply("200 OK", [JSON_TYPE, `x: ${"a".repeat(100_000)}`, "content-length: 2"])),
    ...unreachable,
  },
  {
    upstream: "sends a zero byte in a header",
    act: (socket) => socket.write(`${reply("200 OK", [JSON_TYPE, "x: a\0b", "content-length: 2"])}{}`),
    ...unreachable,
  },
  {
    upstream: "tells us to go on, which nobody asked about",
    act: (socket) => socket.write(`${reply("100 Continue", [])}${wholeReply()}`),
    ...unreachable,
  },
  {
    upstream: "switches protocols",
    act: (socket) => socket.write(reply("101 Switching Protocols", ["connection: upgrade", "upgrade: websocket"])),
    ...unreachable,
  },
  {
    upstream: "sends nothing for too long",
    act: () => {},
    config: impatient,
    status: 504,
    error: "haechi_upstream_timeout",
    decision: "upstream_failed",
  },
  {
    upstream: "stops in the middle of its JSON",
    act: (socket) => socket.write(`${reply("200 OK", [JSON_TYPE, "content-length: 1000"])}{"id":`),
    config: impatient,
    status: 504,
    error: "haechi_upstream_timeout",
    decision: "upstream_failed",
  },
  {
    upstream: "compresses, though it was asked not to",
    act: (socket) => {
      const bytes = gzipSync(answer);
      const head = reply("200 OK", [JSON_TYPE, "content-encoding: gzip", `content-length: ${bytes.length}`]);
      socket.write(Buffer.concat([Buffer.from(head), bytes]));
    },
    config: inspected,
    status: 200,
    body: /"ok"/,
  },
  {
    upstream: "says that it compresses, and does not",
    act: (socket) => {
      const head = reply("200 OK", [JSON_TYPE, "content-encoding: gzip", `content-length: ${answer.length}`]);
      socket.write(`${head}${answer}`);
    },
    config: inspected,
    ...uninspectable,
  },
  {
    upstream: "compresses a stream, though it was asked not to",
    act: (socket) => {
      const bytes = gzipSync(chatStreamEvents(["hello"]));
      const head = reply("200 OK", [STREAM_TYPE, "content-encoding: gzip", `content-length: ${bytes.length}`]);
      socket.write(Buffer.concat([Buffer.from(head), bytes]));
    },
    asksForStream: true,
    status: 200,
    body: /hello[\s\S]*\[DONE\]/,
    decision: "stream_inspected",
  },
  {
    upstream: "says that it compresses a stream, and does not",
    act: (socket) => {
      const events = chatStreamEvents(["hello"]);
      const head = reply("200 OK", [STREAM_TYPE, "content-encoding: gzip", `content-length: ${events.length}`]);
      socket.write(`${head}${events}`);
    },
    asksForStream: true,
    status: 200,
    body: /haechi_response_unprotected/,
    decision: "stream_failed",
  },
  {
    upstream: "closes the connection in the middle of a stream",
    act: (socket) => socket.end(`${beginsStream}5\r\nda`),
    ...brokenStream,
  },
  {
    upstream: "resets the connection in the middle of a stream",
    act: (socket) => socket.write(beginsStream, () => socket.resetAndDestroy()),
    ...brokenStream,
    // What a reset leaves of the bytes before it is up to the system.
    body: /haechi_upstream_unreachable/,
  },
  {
    upstream: "sends a chunk of no size in the middle of a stream",
    act: (socket) => socket.write(`${beginsStream}zz\r\n`),
    ...brokenStream,
  },
  {
    upstream: "stops in the middle of a stream",
    act: (socket) => socket.write(beginsStream),
    config: impatient,
    ...brokenStream,
    body: /hello[\s\S]*haechi_upstream_timeout/,
  },
  {
    upstream: "has interim answers first",
    act: (socket) => {
      const interim = ["102 Processing", "103 Early Hints", "103 Early Hints"];
      socket.write(`${interim.map((status) => reply(status, [])).join("")}${wholeReply()}`);
    },
    status: 200,
    body: /"ok"/,
  },
  {
    upstream: "sends one answer more than it was asked for",
    act: (socket) => socket.write(`${wholeReply()}${wholeReply(chatCompletion("somebody else's"))}`),
    status: 200,
    body: /^(?!.*somebody else).*"ok"/,
  },
  {
    upstream: "sends more bytes than it has declared",
    act: (socket) => socket.write(`${wholeReply()}trailing garbage`),
    status: 200,
    body: /"ok"/,
  },
  {
    upstream: "sends a body with a status that has none",
    act: (socket) => socket.write(`${reply("204 No Content", [])}HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nother`),
    status: 204,
    body: /^$/,
  },
  {
    upstream: "sends header values that are not ASCII",
    act: (socket) => socket.write(`${reply("200 OK", [JSON_TYPE, "x: 해치", "content-length: 2"])}{}`),
    status: 200,
    body: /^\{\}$/,
  },
  {
    upstream: "closes the connection after its answer",
    act: (socket) => socket.end(`${reply("200 OK", [JSON_TYPE])}${answer}`),
    status: 200,
    body: /"ok"/,
  },
];

describe("an upstream that", () => {
  for (const { upstream, act, asksForStream = false, config = {}, ...expected } of faults) {
    it(`${upstream}: ${expected.status}, and the next request is served`, async (test) => {
      const { url, misbehave } = await actingUpstream(test);
      const haechi = await startHaechi(test, url, { streaming: { requestMode: "inspect" }, ...config });
      misbehave(act);
      const response = await ask(haechi.url, asksForStream);
      const text = await response.text();
      assert.equal(response.status, expected.status);
      if (expected.error !== undefined) assert.equal(JSON.parse(text).error, expected.error);
      if (expected.body !== undefined) assert.match(text, expected.body);
      await assertRecorded(haechi, expected.decision);
      const next = await ask(haechi.url);
      assert.equal(next.status, 200);
      assert.equal(await next.text(), answer);
    });
  }

  it("refuses connections: 502, and is asked again once it takes them", async (test) => {
    const { url, server } = await actingUpstream(test);
    const haechi = await startHaechi(test, url);
    server.close();
    await once(server, "close");
    const response = await ask(haechi.url);
    assert.equal(response.status, 502);
    assert.match(await response.text(), /"haechi_upstream_unreachable"/);
    await assertRecorded(haechi, "upstream_failed");
    server.listen(Number(new URL(url).port), "127.0.0.1");
    await once(server, "listening");
    assert.equal((await ask(haechi.url)).status, 200);
  });

  for (const status of [
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent",
  ]) {
    it(`redirects with ${status}: the client is told, and the other place is never contacted`, async (test) => {
      const elsewhere = await actingUpstream(test);
      const { url, misbehave } = await actingUpstream(test);
      const haechi = await startHaechi(test, url, { responseProtection: { enabled: true } });
      const location = `${elsewhere.url}/v1/chat/completions`;
      misbehave((socket) => socket.write(reply(status, [`location: ${location}`, "content-length: 0"])));
      const response = await ask(haechi.url);
      assert.equal(response.status, Number(status.slice(0, 3)));
      await assertRecorded(haechi, undefined);
      assert.equal((await ask(haechi.url)).status, 200);
      assert.equal(elsewhere.connections(), 0);
    });
  }
});

/** One record of the request, and one of how it failed where it did. */
async function assertRecorded(haechi: Awaited<ReturnType<typeof startHaechi>>, decision: string | undefined) {
  const entries = await haechi.auditEntries();
  const requests = entries.filter((entry) => !("decision" in entry) && entry.operation.startsWith("request:"));
  assert.deepEqual(
    requests.map(({ blocked }) => blocked),
    [false],
  );
  const decisions = entries.flatMap((entry) => ("decision" in entry ? [entry.decision] : []));
  assert.deepEqual(decisions, decision === undefined ? [] : [decision]);
  assert.equal(haechi.logged.filter((line) => line.includes("internal_error")).length, 0);
}

function ask(url: string, stream = false): Promise<Response> {
  const body = JSON.stringify({
    model: "m",
    messages: [{ role: "user", content: "hello" }],
    ...(stream ? { stream } : {}),
  });
  const headers = { "content-type": "application/json" };
  return fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body, redirect: "manual" });
}

/** An upstream that answers as it should, but for one request. */
async function actingUpstream(test: Pick<TestContext, "after">) {
  let nextAct: ((socket: Socket) => void) | null = null;
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    let received = "";
    socket.on("data", (piece: Buffer) => {
      received += piece.toString("latin1");
      const [head = "", body] = received.split("\r\n\r\n", 2);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
      if (body === undefined || body.length < length) return;
      received = "";
      const act = nextAct ?? ((socket: Socket) => socket.write(wholeReply()));
      nextAct = null;
      act(socket);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    connections: () => sockets.length,
    misbehave(act: (socket: Socket) => void) {
      nextAct = act;
    },
  };
}

function reply(status: string, headers: readonly string[]): string {
  return [`HTTP/1.1 ${status}`, ...headers, "", ""].join("\r\n");
}

function wholeReply(body = answer): string {
  return `${reply("200 OK", [JSON_TYPE, `content-length: ${Buffer.byteLength(body)}`])}${body}`;
}

function chunkOf(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}
