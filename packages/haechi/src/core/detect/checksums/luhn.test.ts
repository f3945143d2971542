import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { passesLuhn } from "./luhn.ts";

const digits = fc.stringMatching(/^\d{1,18}$/);

test("accepts the example of ISO/IEC 7812-1", () => assert.ok(passesLuhn("79927398713")));

test("exactly one check digit fits", () => {
  fc.assert(fc.property(digits, (body) => [..."0123456789"].filter((check) => passesLuhn(body + check)).length === 1));
});

test("notices every change of one digit", () => {
  fc.assert(
    fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
      const valid = withCheckDigit(body);
      assert.ok(!passesLuhn(changedAt(valid, at % valid.length, by)));
    }),
  );
});

function withCheckDigit(body: string): string {
  return body + [..."0123456789"].find((check) => passesLuhn(body + check));
}

function changedAt(text: string, at: number, by: number): string {
  return text.slice(0, at) + ((Number(text[at]) + by) % 10) + text.slice(at + 1);
}
