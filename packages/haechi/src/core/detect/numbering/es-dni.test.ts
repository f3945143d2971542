import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stdnum } from "stdnum";
import { hasDniLetter } from "./es-dni.ts";

test("agrees with stdnum on every check letter of random numbers", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{8}$/), (body) => {
      for (const check of "TRWAGMYFPDXBNJZSQVHLCKE") {
        assert.equal(hasDniLetter(body + check), stdnum.ES?.dni?.validate(body + check).isValid, body + check);
      }
    }),
    { numRuns: 300 },
  );
});

test("reads separators, the country in front and the series of people without a DNI", () => {
  for (const text of ["12.345.678-Z", "X-1234567/l", "ES12345678Z", "M1234567L"]) assert.ok(hasDniLetter(text), text);
  assert.ok(!hasDniLetter("ES12345678A"));
});

test("agrees with stdnum on the NIE", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[XYZ]\d{7}[A-HJ-NP-TV-Z]$/), (nie) => {
      assert.equal(hasDniLetter(nie), stdnum.ES?.nie?.validate(nie).isValid);
    }),
  );
});
