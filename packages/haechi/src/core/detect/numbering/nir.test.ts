import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stdnum } from "stdnum";
import { hasNirKey } from "./nir.ts";

test("agrees with stdnum on numbers of the mainland and of Corsica", () => {
  const number = fc.stringMatching(/^[12]\d{2}(?:0[1-9]|1[0-2])(?:[1-8]\d|2A|2B)00[1-9]\d{3}\d{2}$/);
  fc.assert(
    fc.property(number, fc.boolean(), (text, repaired) => {
      const nir = repaired ? withKey(text) : text;
      assert.equal(hasNirKey(nir), stdnum.FR?.nir?.validate(nir).isValid, nir);
    }),
    { numRuns: 500 },
  );
});

test("reads separators and small letters", () => {
  assert.ok(hasNirKey("1 84 12 76 451 089 46"));
  assert.ok(hasNirKey("285052a00432102"));
});

function withKey(nir: string): string {
  const body = nir.slice(0, 13);
  const keys = Array.from({ length: 97 }, (_, key) => String(key + 1).padStart(2, "0"));
  return body + keys.find((key) => hasNirKey(body + key));
}
