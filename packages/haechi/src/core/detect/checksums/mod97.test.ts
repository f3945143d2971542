import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mod97 } from "./mod97.ts";

test("is the remainder of the number that the digits write", () => {
  fc.assert(fc.property(fc.stringMatching(/^\d{1,40}$/), (digits) => mod97(digits) === Number(BigInt(digits) % 97n)));
});

test("counts a letter as two digits", () => {
  assert.equal(mod97("A"), 10);
  assert.equal(mod97("Z1"), 351 % 97);
});
