import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isMyNumber } from "./jp-my-number.ts";

test("accepts a published number, with and without separators", () => {
  assert.ok(isMyNumber("123456789018"));
  assert.ok(isMyNumber("1234-5678-9018"));
});

test("exactly one check digit fits", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{10}$/), (body) => {
      if (new Set(body).size === 1) return;
      assert.equal([..."0123456789"].filter((check) => isMyNumber(body + check)).length, 1);
    }),
  );
});

test("refuses twelve equal digits", () => assert.ok(!isMyNumber("000000000000")));
