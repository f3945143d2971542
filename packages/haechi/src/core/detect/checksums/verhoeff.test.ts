import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { passesVerhoeff } from "./verhoeff.ts";

const body = fc.stringMatching(/^\d{2,15}$/);

test("accepts a published number", () => assert.ok(passesVerhoeff("2363")));

test("exactly one check digit fits", () => {
  fc.assert(fc.property(body, (digits) => checkDigits(digits).length === 1));
});

test("notices every change of one digit and every swap of two neighbours", () => {
  fc.assert(
    fc.property(body, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, place, by) => {
      const valid = digits + checkDigits(digits)[0];
      const at = place % (valid.length - 1);
      const [left, right] = [valid[at]!, valid[at + 1]!];
      assert.ok(!passesVerhoeff(valid.slice(0, at) + ((Number(left) + by) % 10) + valid.slice(at + 1)));
      if (left !== right) assert.ok(!passesVerhoeff(valid.slice(0, at) + right + left + valid.slice(at + 2)));
    }),
  );
});

function checkDigits(digits: string): string[] {
  return [..."0123456789"].filter((check) => passesVerhoeff(digits + check));
}
