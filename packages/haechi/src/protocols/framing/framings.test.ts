import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { StreamFraming } from "../protocol.ts";
import type { StreamFrame } from "./frame.ts";
import { createGuessingSplitter, splitterOf } from "./framings.ts";
import { splitAt } from "./split-at.oracle.ts";

const FRAMINGS = ["sse", "ndjson", "json-array"] as const;
const encoder = new TextEncoder();
const NOTHING_DROPPED = new Set<never>();

const rawOf = (frames: readonly StreamFrame[]) => Buffer.concat(frames.map(({ raw }) => raw)).toString();
const dataOf = (frames: readonly StreamFrame[]) =>
  frames.flatMap(({ data }) => (data === null ? [] : [Buffer.from(data).toString()]));
const shapeOf = (frames: readonly StreamFrame[]) =>
  frames.map(({ data, isClosing }) => [data === null ? null : Buffer.from(data).toString(), isClosing]);

const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 });
const document = fc
  .tuple(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(undefined, 2))
  .map(([value, indent]) => JSON.stringify(value, null, indent));
const array = fc
  .tuple(fc.constantFrom("", "\uFEFF"), fc.array(fc.tuple(space, document, space), { maxLength: 5 }), space)
  .map(([mark, elements, end]) => ({
    elements: elements.map(([, element]) => element),
    text: `${mark}[${elements.map((parts) => parts.join("")).join(",")}${elements.length === 0 ? end : ""}]${end}`,
  }));
const anything = fc.oneof(
  array.map(({ text }) => text),
  fc.string({
    unit: fc.constantFrom("[", "]", "{", "}", '"', "\\", ",", " ", "\n", "\r", "d", ":", "1", "é"),
    maxLength: 30,
  }),
  fc
    .array(document, { maxLength: 5 })
    .map((documents) => documents.map((one) => `${one.replaceAll("\n", " ")}\n`).join("")),
);

describe("a framing", () => {
  for (const framing of FRAMINGS) {
    it(`gives the same frames wherever the bytes are cut, and all the bytes: ${framing}`, () => {
      fc.assert(
        fc.property(anything, fc.array(fc.nat(), { maxLength: 8 }), (text, cuts) => {
          for (const open of [splitterOf, createGuessingSplitter]) {
            const bytes = encoder.encode(text);
            const frames = splitAt(open(framing), bytes, cuts);
            assert.equal(rawOf(frames), text);
            // Of an event stream a cut between CR and LF shows in where the LF is, and in nothing else.
            const whole = splitAt(open(framing), bytes);
            if (framing === "sse") assert.deepEqual(dataOf(frames), dataOf(whole));
            else assert.deepEqual(shapeOf(frames), shapeOf(whole));
          }
        }),
      );
    });

    it(`keeps every byte beside the data that is replaced: ${framing}`, () => {
      fc.assert(
        fc.property(anything, (text) => {
          for (const frame of splitAt(splitterOf(framing), encoder.encode(text))) {
            assert.deepEqual(frame.rewritten(null, NOTHING_DROPPED), frame.raw);
            if (frame.data === null || framing === "sse") continue;
            const start = frame.data.byteOffset - frame.raw.byteOffset;
            const end = start + frame.data.length;
            const around = [frame.raw.subarray(0, start), encoder.encode("X"), frame.raw.subarray(end)];
            assert.deepEqual(Buffer.from(frame.rewritten(encoder.encode("X"), NOTHING_DROPPED)), Buffer.concat(around));
          }
        }),
      );
    });
  }
});

describe("the framing of JSON Lines", () => {
  const lines = (text: string) => dataOf(splitAt(splitterOf("ndjson"), encoder.encode(text)));

  it("takes a line that ends with LF or CR LF, and a last one that does not end", () => {
    assert.deepEqual(lines('{"a":1}\n\r\n{"b":2}\r\n\n {"c":3}'), ['{"a":1}', '{"b":2}', '{"c":3}']);
  });

  it("ignores a byte order mark", () => {
    assert.deepEqual(lines("\uFEFF{}\n"), ["{}"]);
  });

  it("says an error on a line of its own", () => {
    const splitter = splitterOf("ndjson");
    const error = encoder.encode('{"error":"e"}\n');
    const closed = (last: string | null) => {
      const [frame] = last === null ? [null] : splitAt(splitterOf("ndjson"), encoder.encode(last));
      return `${last ?? ""}${Buffer.from(splitter.closing(error, frame!))}`;
    };
    assert.equal(closed(null), '{"error":"e"}\n');
    assert.equal(closed("{}\n"), '{}\n{"error":"e"}\n');
    assert.equal(closed("{}"), '{}\n{"error":"e"}\n');
  });
});

describe("the framing of an array that comes element by element", () => {
  it("gives the elements as they are written", () => {
    fc.assert(
      fc.property(array, ({ text, elements }) => {
        assert.deepEqual(dataOf(splitAt(splitterOf("json-array"), encoder.encode(text))), elements);
      }),
    );
  });

  it("gives an element as soon as its last byte is there, and the closing bracket on its own", () => {
    const splitter = splitterOf("json-array");
    assert.deepEqual(dataOf(splitter.push(encoder.encode('[{"a":[1,"]"]}'))), ['{"a":[1,"]"]}']);
    assert.deepEqual(splitter.push(encoder.encode("\n,\r\n")), []);
    assert.deepEqual(dataOf(splitter.push(encoder.encode('{"b":"}\\""}'))), ['{"b":"}\\""}']);
    assert.deepEqual(shapeOf(splitter.push(encoder.encode("\n]\n"))), [[null, true]]);
    assert.deepEqual(shapeOf([splitter.end()!]), [[null, true]]);
  });

  it("takes what is no array as one document, and so what stands behind one", () => {
    for (const text of ['{"error":{"code":400}}\n', "<html>", "4111 1111 1111 1111", "null"]) {
      assert.deepEqual(dataOf(splitAt(splitterOf("json-array"), encoder.encode(text))), [text]);
    }
    assert.deepEqual(dataOf(splitAt(splitterOf("json-array"), encoder.encode("[{}] 4111 1111"))), ["{}", "4111 1111"]);
    assert.deepEqual(dataOf(splitAt(splitterOf("json-array"), encoder.encode("[4111 1111 1111]"))), [
      "4111 1111 1111]",
    ]);
  });

  it("is an array too when an error ends it early", () => {
    const error = encoder.encode('{"error":1}');
    const text = '[{"a":1}\n,\r\n{"a":2}\n]';
    for (let cut = 0; cut <= text.length; cut += 1) {
      const splitter = splitterOf("json-array");
      const frames = splitter.push(encoder.encode(text.slice(0, cut)));
      const last = frames.at(-1) ?? null;
      const left = `${rawOf(frames)}${Buffer.from(splitter.closing(error, last))}`;
      const read = JSON.parse(left) as unknown[];
      assert.deepEqual(read.at(-1), last?.isClosing ? { a: 2 } : { error: 1 });
    }
  });
});

describe("a stream of which nothing says how it is framed", () => {
  const framed = (text: string, expected: StreamFraming) =>
    dataOf(splitAt(createGuessingSplitter(expected), encoder.encode(text)));

  it("is read as what it begins like", () => {
    for (const expected of FRAMINGS) {
      assert.deepEqual(framed('\n: hi\n\ndata: {"a":1}\n\n', expected), ['{"a":1}']);
    }
    assert.deepEqual(framed('\r\n{"a":1}\n{"a":2}', "sse"), ['{"a":1}', '{"a":2}']);
    assert.deepEqual(framed('{"a":1}\n{"a":2}', "ndjson"), ['{"a":1}', '{"a":2}']);
    assert.deepEqual(framed('\uFEFF [{"a":1},\n{"a":2}]', "sse"), ['{"a":1}', '{"a":2}']);
    assert.deepEqual(framed('[{"a":1},\n{"a":2}]', "json-array"), ['{"a":1}', '{"a":2}']);
  });

  it("is nothing when it holds nothing but white space", () => {
    assert.deepEqual(shapeOf(splitAt(createGuessingSplitter("sse"), encoder.encode(" \n"), [1])), [[null, false]]);
    assert.deepEqual(splitAt(createGuessingSplitter("sse"), encoder.encode("")), []);
  });
});
