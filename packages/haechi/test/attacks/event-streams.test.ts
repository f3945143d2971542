import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createParser } from "eventsource-parser";
import type { ConfigInput } from "../../src/config/schema.ts";
import { scriptedUpstream } from "../support/scripted-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { EVENT_STREAMS } from "./event-streams.ts";

const inspected: ConfigInput = { streaming: { requestMode: "inspect" }, responseProtection: { enabled: true } };

/** Everything that a reader makes of a stream which is not ours. */
function readBy(stream: Uint8Array, pieces: (bytes: Uint8Array) => readonly Uint8Array[]): readonly unknown[] {
  const read: unknown[] = [];
  const parser = createParser({
    onEvent: (event) => read.push(event),
    onRetry: (retry) => read.push({ retry }),
    onComment: (comment) => read.push({ comment }),
  });
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for (const piece of pieces(stream)) parser.feed(decoder.decode(piece, { stream: true }));
  return read;
}

const whole = (bytes: Uint8Array) => [bytes];
const byteByByte = (bytes: Uint8Array) => Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));

const streamed = (url: string) =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"model":"m","stream":true,"messages":[]}',
  });

describe("event streams that readers get wrong", () => {
  for (const [cut, pieces] of Object.entries({ whole, "byte by byte": byteByByte })) {
    it(`say to a client what they say without the gateway, ${cut}`, async (test) => {
      const upstream = scriptedUpstream();
      const haechi = await startHaechi(test, "http://127.0.0.1:9", inspected, { upstream });
      let identical = 0;
      for (const [name, text] of Object.entries(EVENT_STREAMS)) {
        const stream = Buffer.from(text);
        upstream.answerWith({ headers: ["content-type", "text/event-stream"], pieces: pieces(stream) });
        const reply = await streamed(haechi.url);
        assert.equal(reply.status, 200, name);
        const got = Buffer.from(await reply.arrayBuffer());
        assert.deepEqual(readBy(got, whole), readBy(stream, whole), name);
        assert.deepEqual(readBy(got, byteByByte), readBy(stream, byteByByte), name);
        if (got.equals(stream)) identical += 1;
      }
      const count = Object.keys(EVENT_STREAMS).length;
      test.diagnostic(`${count} of ${count} read alike, ${identical} of them byte for byte`);
    });
  }
});

/** Streams that no honest upstream sends, and what becomes of each: as it is, or broken off with an error that is said. */
const absurd: Readonly<Record<string, { readonly stream: Buffer; readonly ends: "as it is" | RegExp }>> = {
  "bytes that are no UTF-8": {
    stream: Buffer.from('data: \xff\xfe\n\ndata: {"a":"\xc3"}\n\n', "latin1"),
    ends: /haechi_response_unprotected/,
  },
  "JSON that nests without end": {
    stream: Buffer.from(`data: ${"[".repeat(90_000)}\n\n`),
    ends: /haechi_response_unprotected/,
  },
  "an event name without end": {
    stream: Buffer.from(`event: ${"x".repeat(200_000)}`),
    ends: /haechi_response_too_large/,
  },
  "a comment without end": { stream: Buffer.from(`:${"x".repeat(200_000)}`), ends: /haechi_response_too_large/ },
  "lines of data without end": { stream: Buffer.from("data\n".repeat(40_000)), ends: /haechi_response_too_large/ },
  "blank lines without end": { stream: Buffer.from("\n".repeat(150_000)), ends: "as it is" },
  "carriage returns without end": { stream: Buffer.from("\r".repeat(150_000)), ends: "as it is" },
  "tiny events without end": { stream: Buffer.from("data:x\n\n".repeat(15_000)), ends: "as it is" },
  "no event at all": { stream: Buffer.alloc(0), ends: "as it is" },
  "the end, a thousand times": { stream: Buffer.from("data: [DONE]\n\n".repeat(1000)), ends: "as it is" },
  "keys of prototypes": {
    stream: Buffer.from('data: {"__proto__":{"choices":1},"choices":{"constructor":[{"delta":{"content":"x"}}]}}\n\n'),
    ends: "as it is",
  },
  "a choice of a huge index": {
    stream: Buffer.from(
      'data: {"choices":[{"index":1e308,"delta":{"content":"x"}},{"index":-1,"delta":{"content":"y"}}]}\n\n',
    ),
    ends: "as it is",
  },
};

describe("an absurd event stream", () => {
  for (const [name, { stream, ends }] of Object.entries(absurd)) {
    it(`of ${name} has an end, and one record of it`, async (test) => {
      const upstream = scriptedUpstream();
      const responseProtection = { enabled: true, maxBytes: 100_000 };
      const haechi = await startHaechi(test, "http://127.0.0.1:9", { ...inspected, responseProtection }, { upstream });
      const pieces = Array.from({ length: Math.ceil(stream.length / 1000) }, (_, at) =>
        stream.subarray(at * 1000, (at + 1) * 1000),
      );
      upstream.answerWith({ headers: ["content-type", "text/event-stream"], pieces });
      const reply = await streamed(haechi.url);
      assert.equal(reply.status, 200);
      const got = Buffer.from(await reply.arrayBuffer());
      if (ends === "as it is") assert.ok(got.equals(stream), got.toString("latin1").slice(-300));
      else assert.match(got.toString(), ends);
      const decisions = (await haechi.auditEntries()).flatMap((entry) => ("decision" in entry ? [entry.decision] : []));
      assert.deepEqual(decisions, [ends === "as it is" ? "stream_inspected" : "stream_failed"]);
      upstream.answerWith({ headers: ["content-type", "text/event-stream"], pieces: [Buffer.from("data: x\n\n")] });
      assert.equal(await (await streamed(haechi.url)).text(), "data: x\n\n");
    });
  }
});
