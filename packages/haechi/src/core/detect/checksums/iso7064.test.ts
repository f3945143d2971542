import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mod11And10CheckDigit } from "./iso7064.ts";

test("gives the check digit of the example of the standard", () => assert.equal(mod11And10CheckDigit("0794"), 5));

test("differs when one digit differs", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{10}$/), fc.nat(9), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const changed = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
      assert.notEqual(mod11And10CheckDigit(changed), mod11And10CheckDigit(digits));
    }),
  );
});
