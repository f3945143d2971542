import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { leafText } from "./leaf.ts";
import { nestedDocument } from "./nested-document.ts";
import { spelledJson } from "./spelled-json.oracle.ts";
import { tokenize } from "./tokenize.ts";

const utf8 = new TextEncoder();
const decoder = new TextDecoder();
const holding = (text: string, written = JSON.stringify) =>
  tokenize(utf8.encode(`{"arguments":${written(text)}}`), { depthMax: 256 });

describe("a document in a string", () => {
  it("is read as what it says, and each of its leaves stands somewhere in the outer one", () => {
    const escapeAll = (text: string) =>
      `"${[...text].map((one) => (one < "~" ? `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}` : one)).join("")}"`;
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ unit: "grapheme" })), fc.boolean(), (value, all) => {
        const document = holding(JSON.stringify(value), all ? escapeAll : JSON.stringify);
        const nested = nestedDocument(document, 1)!;
        const { document: inner } = nested;
        for (let leaf = 0; leaf < inner.leaves.count; leaf++) {
          const [start, end] = [inner.leaves.start[leaf]!, inner.leaves.end[leaf]!];
          if (start === end) continue;
          const outer = nested.toOuter(start, end);
          assert.equal(nested.textAt(...outer), leafText(inner, leaf));
          const spelled = JSON.parse(`"${decoder.decode(document.bytes.subarray(...outer))}"`);
          assert.equal(spelled, decoder.decode(inner.bytes.subarray(start, end)));
        }
      }),
    );
  });

  it("is read whichever way the string is escaped", () => {
    const slashesToo = (text: string) => JSON.stringify(text).replaceAll("/", "\\/");
    const inner = spelledJson.map(({ text }) => `[${text}]`);
    fc.assert(
      fc.property(inner, fc.constantFrom(JSON.stringify, slashesToo), (text, written) => {
        const nested = nestedDocument(holding(text, written), 1);
        assert.equal(decoder.decode(nested!.document.bytes), text);
        assert.deepEqual(nested!.document, tokenize(utf8.encode(text), { depthMax: 256 }));
      }),
    );
    const blanks = nestedDocument(
      holding("", () => String.raw`" [\r\n\t\"\/\\b\\f\"]"`),
      1,
    )!;
    assert.equal(decoder.decode(blanks.document.bytes), ' [\r\n\t"/\\b\\f"]');
  });

  it("has bytes of its own when nothing is escaped", () => {
    const outer = holding("[12345]");
    const { bytes } = nestedDocument(outer, 1)!.document;
    outer.bytes.fill(0);
    assert.equal(decoder.decode(bytes), "[12345]");
  });

  it("is none when the string is no object and no array", () => {
    for (const text of ["", "plain", '"text"', "12", '{"a":', "{a}", " x{}"]) {
      assert.equal(nestedDocument(holding(text), 1), null, text);
    }
  });
});
