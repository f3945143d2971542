import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { KEY_LEAF } from "./json-document.ts";
import { leafText } from "./leaf.ts";
import { tokenize } from "./tokenize.ts";
import { valueRange } from "./value-range.ts";

test("the value of a key is all that stands under it, in any spacing", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 1, "\t"), (value, space) => {
      const document = tokenize(new TextEncoder().encode(JSON.stringify(value, null, space)), { depthMax: 256 });
      for (let leaf = 0; leaf < document.leaves.count; leaf++) {
        if (document.leaves.kind[leaf] !== KEY_LEAF || document.leaves.container[leaf] !== 0) continue;
        const [start, end] = valueRange(document, leaf);
        const read = JSON.parse(new TextDecoder().decode(document.bytes.subarray(start, end)));
        assert.deepEqual(read, JSON.parse(JSON.stringify(value[leafText(document, leaf)])));
      }
    }),
  );
});
