import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { chatCompletion, chatStreamEvents } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const MAIL = "minji.kim@example.org";
const completion = Buffer.from(chatCompletion(`write to ${MAIL} today`));
const events = Buffer.from(chatStreamEvents(["minji.kim", "@example.org"]));

/** A response as it stands on the wire. */
const responses: Readonly<Record<string, Buffer>> = {
  "a JSON body of known length": wire("application/json", completion),
  "a JSON body in chunks": wire("application/json", completion, { chunks: 7 }),
  "a JSON body in gzip": wire("application/json", gzipSync(completion), { coding: "gzip" }),
  "a JSON body in br and chunks": wire("application/json", brotliCompressSync(completion), { coding: "br", chunks: 5 }),
  "a stream": wire("text/event-stream", events, { chunks: 9 }),
  "a stream in gzip": wire("text/event-stream", gzipSync(events), { coding: "gzip", chunks: 6 }),
  "a stream in deflate": wire("text/event-stream", deflateSync(events), { coding: "deflate", chunks: 6 }),
};

const cuts = {
  "closes the connection": (socket: Socket, bytes: Buffer) => socket.end(bytes),
  "resets the connection": (socket: Socket, bytes: Buffer) => {
    if (bytes.length === 0) socket.resetAndDestroy();
    else socket.write(bytes, () => socket.resetAndDestroy());
  },
} as const;

/** Bytes from one reset to the next: `npm run test:long` resets at every one, as connections are closed here. */
const RESET_STEP = Number(process.env.HAECHI_RESET_STEP ?? 7);

describe("an upstream that", () => {
  for (const [how, cut] of Object.entries(cuts)) {
    for (const [what, bytes] of Object.entries(responses)) {
      it(`${how} at any byte of ${what}: an error, one record of it, and nothing that was to be hidden`, async (test) => {
        const isStream = what.includes("stream");
        const haechi = await startHaechi(test, await cuttingUpstream(test, bytes, cut), {
          target: { forwardHeaders: ["x-cut"] },
          responseProtection: { enabled: true },
          streaming: { requestMode: "inspect" },
        });
        const step = how === "closes the connection" ? 1 : RESET_STEP;
        const offsets = Array.from({ length: Math.ceil(bytes.length / step) }, (_, at) => at * step);
        const headEnd = bytes.indexOf("\r\n\r\n") + 4;
        await inTurns(offsets, 16, async (at) => {
          const { status, text } = await ask(haechi, isStream, at);
          const where = `cut at ${at}: ${status} ${text}`;
          assert.ok(!text.includes(MAIL), where);
          assert.match(text, /haechi_upstream_unreachable/, where);
          // What a reset leaves of the bytes before it is up to the system.
          const isBegun = isStream && at >= headEnd;
          assert.ok(status === 502 || (isBegun && status === 200), where);
          if (isBegun && how === "closes the connection") assert.equal(status, 200, where);
        });
        const whole = await ask(haechi, isStream, bytes.length);
        assert.equal(whole.status, 200);
        assert.match(whole.text, /\[REDACTED:email\]/);
        await assertRecorded(haechi, offsets.length);
      });
    }
  }
});

/** Every request has one record, every one that was cut one more, and metrics say the same. */
async function assertRecorded(haechi: HaechiUnderTest, cutCount: number): Promise<void> {
  const byExchange = new Map<string | null, string[]>();
  for (const entry of await haechi.auditEntries()) {
    const is = "decision" in entry ? `${entry.decision} ${entry.reason}` : entry.operation.split(":")[0]!;
    byExchange.set(entry.correlationId, [...(byExchange.get(entry.correlationId) ?? []), is]);
  }
  assert.equal(byExchange.size, cutCount + 1);
  const failed = [...byExchange.values()].filter((entries) => entries.some((is) => is.includes("failed")));
  assert.equal(failed.length, cutCount);
  for (const entries of failed) {
    assert.equal(entries.filter((is) => is === "request").length, 1);
    assert.equal(entries.filter((is) => is.includes("failed")).length, 1, entries.join(", "));
    assert.ok(
      entries.every((is) => is === "request" || /^(?:upstream|stream)_failed connection_broken$/.test(is)),
      entries.join(", "),
    );
  }
  const metrics = await haechi.metrics();
  const counted = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(metrics)?.[1]);
  const broken = counted("haechi_upstream_error_total") + counted("haechi_response_stream_truncated_total");
  assert.equal(broken, cutCount);
  assert.deepEqual(
    haechi.logged.filter((line) => line.includes("internal_error")),
    [],
  );
}

async function ask({ url }: HaechiUnderTest, stream: boolean, cut: number) {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-cut": String(cut) },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hello" }], stream }),
  });
  return { status: response.status, text: await response.text() };
}

/** Answers with the response up to the byte that the request names, and all of it when there are no more. */
async function cuttingUpstream(
  test: TestContext,
  response: Buffer,
  cut: (socket: Socket, bytes: Buffer) => void,
): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    socket.on("error", () => {});
    let received = "";
    socket.on("data", (piece: Buffer) => {
      received += piece.toString("latin1");
      const [head = "", body] = received.split("\r\n\r\n", 2);
      if (body === undefined || body.length < Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])) return;
      received = "";
      const at = Number(/\r\nx-cut: (\d+)/.exec(head)?.[1]);
      if (at === response.length) socket.write(response);
      else cut(socket, response.subarray(0, at));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** @param framing chunks to cut the body into; one body of known length when left out */
function wire(
  type: string,
  body: Buffer,
  { coding, chunks }: { readonly coding?: string; readonly chunks?: number } = {},
): Buffer {
  const head = ["HTTP/1.1 200 OK", `content-type: ${type}`];
  if (coding !== undefined) head.push(`content-encoding: ${coding}`);
  head.push(chunks === undefined ? `content-length: ${body.length}` : "transfer-encoding: chunked");
  return Buffer.concat([
    Buffer.from(`${head.join("\r\n")}\r\n\r\n`),
    chunks === undefined ? body : chunked(body, chunks),
  ]);
}

function chunked(body: Buffer, count: number): Buffer {
  const size = Math.ceil(body.length / count);
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
  }
  return Buffer.concat([...pieces, Buffer.from("0\r\n\r\n")]);
}

/** Runs the work for every item, so many at a time. */
async function inTurns<Item>(items: readonly Item[], width: number, work: (item: Item) => Promise<void>) {
  const left = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
