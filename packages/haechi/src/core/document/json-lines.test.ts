import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { jsonLines } from "./json-lines.ts";
import { leafText } from "./leaf.ts";
import { leafPath } from "./path.ts";
import { tokenize } from "./tokenize.ts";

const utf8 = new TextEncoder();
const read = (text: string) => jsonLines(utf8.encode(text), { depthMax: 256 });

describe("JSON Lines", () => {
  it("are the document that an array of the lines is, but for where things stand", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 }), (values) => {
        const lines = read(values.map((value) => JSON.stringify(value)).join("\n"));
        const array = tokenize(utf8.encode(JSON.stringify(values)), { depthMax: 257 });
        assert.deepEqual(lines.containers, array.containers);
        assert.deepEqual(lines.leaves.kind, array.leaves.kind);
        for (let leaf = 0; leaf < array.leaves.count; leaf++) {
          assert.equal(leafText(lines, leaf), leafText(array, leaf));
          assert.deepEqual(leafPath(lines, leaf), leafPath(array, leaf));
        }
      }),
    );
  });

  it("may end in CR LF, and empty lines among them are none", () => {
    const document = read('{"a":"x"}\r\n\r\n \n["y"]\n');
    assert.deepEqual(
      [0, 1, 2].map((leaf) => leafPath(document, leaf)),
      [
        [0, "a"],
        [0, "a"],
        [1, 0],
      ],
    );
  });

  it("are refused as a whole when one line is no JSON", () => {
    assert.throws(() => read('{"a":1}\n{"b"'), { code: "DOCUMENT_NOT_JSON" });
  });
});
