import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stdnum } from "stdnum";
import { isAadhaar } from "./aadhaar.ts";

test("agrees with stdnum on every check digit of random numbers", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[2-9]\d{10}$/), (body) => {
      for (const check of "0123456789") {
        assert.equal(isAadhaar(body + check), stdnum.IN?.aadhaar?.validate(body + check).isValid, body + check);
      }
    }),
    { numRuns: 300 },
  );
});

test("refuses palindromes and a first digit below 2", () => {
  assert.ok(isAadhaar("234123412346"));
  assert.ok(!isAadhaar("134123412346"));
});
