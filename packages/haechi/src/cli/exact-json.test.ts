import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exactJson } from "./exact-json.ts";

test("numbers are written again as they stood", () => {
  const text = '[12345678901234567890,1.0,1e400,-0,0.1000,{"a":1E+2}]';
  assert.equal(JSON.stringify(exactJson(text)), text);
});

test("whatever a parser takes means the same afterwards", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.deepEqual(JSON.parse(JSON.stringify(exactJson(text))), JSON.parse(text));
    }),
  );
});
