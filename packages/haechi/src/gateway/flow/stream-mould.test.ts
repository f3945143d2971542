import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { leafText } from "../../core/document/leaf.ts";
import { tokenize } from "../../core/document/tokenize.ts";
import type { GrowingLeaf } from "../../engine/stream-piece.ts";
import { createMoulds, type LooseLeaves } from "./stream-mould.ts";

const read = (json: string) => tokenize(Buffer.from(json), { depthMax: 8 });
const event = (content: string, count: number | string = 7, pad = '"xY3"') =>
  `{"id":"c1","pad":${pad},"choices":[{"index":0,"delta":{"content":${content}}}],"n":${count}}`;
// Keys are leaves too.
const PAD_LEAF = 3;
const CONTENT_LEAF = 9;
const COUNT_LEAF = 11;
const leaf: Omit<GrowingLeaf, "text" | "leaf"> = { channel: "0:0", groups: [], content: "text", before: null };
const growing: readonly GrowingLeaf[] = [{ ...leaf, leaf: CONTENT_LEAF, text: "a" }];
const loose: LooseLeaves = { count: COUNT_LEAF, padding: [PAD_LEAF] };

function mouldsOf(json: string) {
  const moulds = createMoulds();
  return { moulds, mould: moulds.learn(read(json), growing, loose) };
}

describe("a stream mould", () => {
  it("gives the text, the count and the padding that reading the whole frame gives, or nothing", () => {
    const { moulds } = mouldsOf(event('"a"'));
    const text = fc.string({ unit: fc.constantFrom("a", " ", '"', "\\", "é", "\n", "{", "7"), maxLength: 12 });
    fc.assert(
      fc.property(text, fc.nat(99_999), text, (content, count, pad) => {
        const json = event(JSON.stringify(content), count, JSON.stringify(pad));
        const found = moulds.cast(Buffer.from(json));
        if (found === null) return assert.match(JSON.stringify([content, pad]), /\\/);
        const document = read(json);
        assert.equal(found.cast.text, leafText(document, CONTENT_LEAF));
        assert.equal(found.cast.count, count);
        assert.deepEqual(found.cast.padding, [{ key: "pad", text: leafText(document, PAD_LEAF) }]);
      }),
    );
  });

  it("takes nothing else for a frame of its own", () => {
    const { moulds } = mouldsOf(event('"a"'));
    const other = fc.oneof(
      fc.constantFrom('"a","x":"b"', '""', "1", '"a"}', 'null,"content":"b"'),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(other, fc.oneof(fc.constantFrom("07", "1.5", "", "-1", '"7"', "12345678"), other), (value, count) => {
        const found = moulds.cast(Buffer.from(event(value, count)));
        if (found === null) return;
        assert.equal(event(JSON.stringify(found.cast.text), found.cast.count!), event(value, count));
      }),
    );
  });

  it("stays the same object while the bytes around its holes are the same", () => {
    const { moulds, mould } = mouldsOf(event('"a"'));
    const again = moulds.learn(read(event('"b\\n"', 8, '"zz\\t"')), growing, loose);
    assert.equal(again, mould);
    assert.notEqual(moulds.learn(read(event('"b"').replace("c1", "c2")), growing, loose), mould);
  });

  it("is kept for texts that come in turns", () => {
    const { moulds, mould } = mouldsOf(event('"a"'));
    const other = moulds.learn(read(event('"a"').replace('"index":0', '"index":1')), growing, loose);
    assert.equal(moulds.cast(Buffer.from(event('"b"')))?.mould, mould);
    assert.equal(moulds.cast(Buffer.from(event('"b"').replace('"index":0', '"index":1')))?.mould, other);
  });

  it("is there for exactly one growing text", () => {
    const moulds = createMoulds();
    assert.equal(moulds.learn(read(event('"a"')), [], loose), null);
    assert.equal(moulds.learn(read(event('"a"')), [...growing, ...growing], loose), null);
  });
});
