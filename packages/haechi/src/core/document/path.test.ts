import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { leafPath } from "./path.ts";
import { spelledJson } from "./spelled-json.oracle.ts";
import { textDocument } from "./text-document.ts";
import { tokenize } from "./tokenize.ts";

const encode = (text: string) => new TextEncoder().encode(text);

describe("leafPath", () => {
  it("leads from the root to every leaf of any document", () => {
    fc.assert(
      fc.property(spelledJson, ({ text, leaves }) => {
        const document = tokenize(encode(text), { depthMax: 16 });
        assert.deepEqual(
          leaves.map((_, leaf) => leafPath(document, leaf)),
          leaves.map((leaf) => leaf.path),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("counts elements that are no leaves, and comes back from nested containers", () => {
    const document = tokenize(encode('{"a":[null,[],{"b":[1]},"x"],"c":2}'), { depthMax: 16 });
    const paths = Array.from({ length: document.leaves.count }, (_, leaf) => leafPath(document, leaf));
    assert.deepEqual(paths, [["a"], ["a", 2, "b"], ["a", 2, "b", 0], ["a", 3], ["c"], ["c"]]);
  });

  it("has no steps for a top-level value or plain text", () => {
    assert.deepEqual(leafPath(tokenize(encode('"a"'), { depthMax: 0 }), 0), []);
    assert.deepEqual(leafPath(textDocument(encode("a")), 0), []);
  });
});
