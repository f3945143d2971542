import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { anyText } from "./spelled-json.oracle.ts";
import { escapeJson, splice } from "./splice.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("splice", () => {
  it("puts text in place of ranges and leaves the rest alone", () => {
    const bytes = encode('{"a":"xyz","é": 12.50 }');
    const edits = [
      { start: 6, end: 9, text: "[한]" },
      { start: 17, end: 22, text: '"n"' },
    ];
    assert.equal(decode(splice(bytes, edits)), '{"a":"[한]","é": "n" }');
  });

  it("makes any sorted edits byte for byte", () => {
    const pieces = fc.array(
      fc.record({
        kept: fc.uint8Array({ maxLength: 200, size: "max" }),
        gone: fc.uint8Array(),
        text: fc.oneof(
          fc.string({ unit: "binary" }),
          // Lone surrogates too, and texts of which only the end is not ASCII.
          fc.string({ unit: fc.constantFrom("a", "é", "한", "😀", "\ud83d", "\ude00"), maxLength: 150, size: "max" }),
          fc.nat({ max: 150 }).map((length) => `${"a".repeat(length)}é`),
        ),
      }),
    );
    fc.assert(
      fc.property(pieces, fc.uint8Array(), (parts, rest) => {
        const source: number[] = [];
        const target: number[] = [];
        const edits = parts.map(({ kept, gone, text }) => {
          source.push(...kept, ...gone);
          target.push(...kept, ...encode(text));
          return { start: source.length - gone.length, end: source.length, text };
        });
        const bytes = Uint8Array.from([...source, ...rest]);
        const before = bytes.slice();
        assert.deepEqual([...splice(bytes, edits)], [...target, ...rest]);
        assert.deepEqual(bytes, before);
      }),
    );
  });

  it("gives back the bytes themselves when there is nothing to edit", () => {
    const bytes = encode("[]");
    assert.equal(splice(bytes, []), bytes);
  });

  it("inserts at the start and at the end", () => {
    const edits = [
      { start: 0, end: 0, text: "<" },
      { start: 1, end: 1, text: ">" },
    ];
    assert.equal(decode(splice(encode("a"), edits)), "<a>");
  });

  it("refuses edits out of order, overlapping, reversed or outside", () => {
    const edit = (start: number, end: number) => ({ start, end, text: "" });
    for (const edits of [
      [edit(2, 3), edit(0, 1)],
      [edit(0, 2), edit(1, 3)],
      [edit(2, 1)],
      [edit(-1, 1)],
      [edit(0, 5)],
      [edit(Number.NaN, 1)],
    ]) {
      assert.throws(() => splice(encode("abcd"), edits), RangeError);
    }
  });
});

describe("escapeJson", () => {
  it("is string content that reads back as the text and is well-formed", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const content = escapeJson(text);
        assert.ok(content.isWellFormed());
        assert.equal(JSON.parse(`"${content}"`), text);
      }),
    );
  });

  it("spells a lone surrogate as an escape", () => {
    assert.equal(escapeJson('"\ud800\n'), '\\"\\ud800\\n');
  });
});
