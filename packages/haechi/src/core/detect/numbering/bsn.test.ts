import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stdnum } from "stdnum";
import { isBsn } from "./bsn.ts";

test("agrees with stdnum on every check digit of random numbers", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{7}$/), (body) => {
      for (const check of "0123456789") {
        assert.equal(isBsn(body + check), stdnum.NL?.bsn?.validate(body + check).isValid, body + check);
      }
    }),
    { numRuns: 300 },
  );
});

test("reads eight digits with a leading 0", () => {
  const eight = ["10000008", "12345672"].filter(isBsn);
  assert.deepEqual(
    eight,
    ["10000008", "12345672"].filter((digits) => isBsn(`0${digits}`)),
  );
});
