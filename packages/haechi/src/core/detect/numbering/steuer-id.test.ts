import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stdnum } from "stdnum";
import { isSteuerId } from "./steuer-id.ts";

test("accepts nothing that stdnum refuses, whose rule for repeated digits is wider", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{9}$/), (body) => {
      for (const check of "0123456789") {
        if (isSteuerId(body + check)) assert.ok(stdnum.DE?.idnr?.validate(body + check).isValid, body + check);
      }
    }),
    { numRuns: 1000 },
  );
});

test("accepts the published test number and notices every other last digit", () => {
  assert.deepEqual(
    [..."0123456789"].filter((check) => isSteuerId(`8609574271${check}`)),
    ["9"],
  );
});

test("refuses ten different digits and four equal ones", () => {
  for (const check of "0123456789") {
    assert.ok(!isSteuerId(`1234567890${check}`));
    assert.ok(!isSteuerId(`1111234567${check}`));
  }
});
