import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createParser } from "eventsource-parser";
import fc from "fast-check";
import { splitAt } from "./split-at.oracle.ts";
import { createSseSplitter, frameData, type SseFrame, withFrameData } from "./sse.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const split = (stream: Uint8Array, cuts: readonly number[] = []) => splitAt(createSseSplitter(), stream, cuts);

function dataOf(frames: readonly SseFrame[]): string[] {
  return frames.flatMap((frame) => {
    const data = frameData(frame);
    return data === null ? [] : [decoder.decode(data)];
  });
}

const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
const value = fc.string({ unit: fc.constantFrom("a", "é", "한", " ", ":", "{", '"'), maxLength: 8 });
const line = fc.oneof(
  value.map((text) => `data: ${text}`),
  value.map((text) => `data:${text}`),
  fc.constantFrom("data", "event: delta", "id: 7", "retry: 10", ": comment", "unknown: x"),
);
const event = fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), lineEnd);
const stream = fc
  .array(event, { maxLength: 6 })
  .map((events) => events.map(([lines, eol]) => `${lines.join(eol)}${eol}${eol}`).join(""));

describe("server-sent event framing", () => {
  it("gives the same bytes and the same data wherever the stream is cut", () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 8 }), (text, cuts) => {
        const bytes = encoder.encode(text);
        const frames = split(bytes, cuts);
        assert.deepEqual(Buffer.concat(frames.map((frame) => frame.raw)), Buffer.from(bytes));
        assert.deepEqual(dataOf(frames), dataOf(split(bytes)));
      }),
    );
  });

  it("reads the data that a standard client reads", () => {
    fc.assert(
      fc.property(stream, (text) => {
        const seen: string[] = [];
        const client = createParser({ onEvent: ({ data }) => seen.push(data) });
        client.feed(text);
        const ours = dataOf(split(encoder.encode(text)));
        // A client hears nothing of an event without data.
        const withData = (data: string) => data !== "";
        assert.deepEqual(ours.filter(withData), seen.filter(withData));
      }),
    );
  });

  it("ends an event at a lone CR without waiting for the byte that may follow", () => {
    const splitter = createSseSplitter();
    assert.equal(splitter.push(encoder.encode("data: a\r\r")).length, 1);
    assert.deepEqual(dataOf(splitter.push(encoder.encode("\ndata: b\r\r"))), ["b"]);
  });

  it("joins several data lines with a line feed and ignores a byte order mark", () => {
    assert.deepEqual(dataOf(split(encoder.encode("\uFEFFdata: a\ndata:b\nid: 1\n\n"))), ["a\nb"]);
  });

  it("keeps an event whole that comes byte by byte, and the events before it", () => {
    const bytes = encoder.encode(`data: first\n\ndata: ${"x".repeat(5000)}\ndata: y\n\ndata: last`);
    const splitter = createSseSplitter();
    const frames = [...bytes].flatMap((_, at) => splitter.push(bytes.subarray(at, at + 1)));
    frames.push(splitter.end()!);
    assert.deepEqual(Buffer.concat(frames.map((frame) => frame.raw)), Buffer.from(bytes));
    assert.deepEqual(dataOf(frames), ["first", `${"x".repeat(5000)}\ny`, "last"]);
  });

  it("replaces data and keeps every other byte", () => {
    const [frame] = split(encoder.encode(": hi\r\nevent: x\r\ndata: {old}\r\nid: 7\r\n\r\n"));
    const changed = withFrameData(frame!, encoder.encode("{new}"), new Set());
    assert.equal(decoder.decode(changed), ": hi\r\nevent: x\r\ndata: {new}\r\nid: 7\r\n\r\n");
  });

  it("writes data with line ends as several data lines and drops the lines it is told to", () => {
    const [frame] = split(encoder.encode(": secret\ndata: a\ndata: b\n\n"));
    const comment = frame!.lines.find((entry) => entry.field === "comment")!;
    const changed = withFrameData(frame!, encoder.encode("c\nd"), new Set([comment]));
    assert.equal(decoder.decode(changed), "data: c\ndata: d\n\n");
  });
});
