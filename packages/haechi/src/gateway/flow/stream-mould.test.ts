import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { leafText } from "../../core/document/leaf.ts";
import { tokenize } from "../../core/document/tokenize.ts";
import { castInMould, mouldOf } from "./stream-mould.ts";

const read = (json: string) => tokenize(Buffer.from(json), { depthMax: 8 });
const event = (content: string) => `{"id":"c1","choices":[{"index":0,"delta":{"content":${content}}}]}`;
// The leaf after the keys id, choices, index, delta and content and the values before it.
const CONTENT_LEAF = 7;
const growing = [{ leaf: CONTENT_LEAF, text: "a", channel: "0:0", group: "0", content: "text" as const }];
const mould = mouldOf(read(event('"a"')), growing, null)!;

describe("a stream mould", () => {
  it("gives the text that reading the whole event gives, or none", () => {
    const text = fc.string({ unit: fc.constantFrom("a", " ", '"', "\\", "é", "\n", "{", "7"), maxLength: 12 });
    fc.assert(
      fc.property(text, (content) => {
        const json = event(JSON.stringify(content));
        const cast = castInMould(mould, Buffer.from(json));
        if (cast !== null) assert.equal(cast, leafText(read(json), CONTENT_LEAF));
        else assert.match(JSON.stringify(content), /\\/);
      }),
    );
  });

  it("takes nothing else for an event of its own", () => {
    const other = fc.oneof(
      fc.constantFrom('"a","x":"b"', '""', "1", '"a"}', 'null,"content":"b"'),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(other, (value) => {
        const cast = castInMould(mould, Buffer.from(event(value)));
        if (cast !== null) assert.equal(event(JSON.stringify(cast)), event(value));
      }),
    );
  });

  it("stays the same object while the bytes around the text are the same", () => {
    assert.equal(mouldOf(read(event('"b\\n"')), growing, mould), mould);
    assert.notEqual(mouldOf(read(event('"b"').replace("c1", "c2")), growing, mould), mould);
  });

  it("is there for exactly one growing text", () => {
    assert.equal(mouldOf(read(event('"a"')), [], null), null);
    assert.equal(mouldOf(read(event('"a"')), [...growing, ...growing], null), null);
  });
});
