import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stdnum } from "stdnum";
import { hasBirthDate, hasResidentCheckDigit, isBornUnderRandomNumbers } from "./kr-resident-number.ts";

test("agrees with stdnum on citizens of the last century", () => {
  const number = fc.stringMatching(/^\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2\d|3[01])[12]\d{6}$/);
  fc.assert(
    fc.property(number, (digits) => {
      // stdnum looks up the place of registration too, which numbers since 2020 do not have.
      if (Number(digits.slice(7, 9)) > 96) return;
      assert.equal(
        hasBirthDate(digits) && hasResidentCheckDigit(digits),
        stdnum.KR?.rrn?.validate(digits).isValid,
        digits,
      );
    }),
    { numRuns: 500 },
  );
});

test("accepts a published foreigner registration number", () => {
  assert.ok(hasBirthDate("9111245678906"));
  assert.ok(hasResidentCheckDigit("9111245678906"));
});

test("reads the digit of the century", () => {
  // 1900 was no leap year, 2000 was one.
  for (const century of "34780") assert.equal(hasBirthDate(`000229${century}123456`), century !== "0", century);
  for (const century of "129056") assert.ok(!hasBirthDate(`000229${century}123456`), century);
  assert.ok(hasBirthDate("9912319123451") && hasResidentCheckDigit("9912319123451"));
});

test("knows 29 February of leap years only", () => {
  assert.ok(hasBirthDate("0002293123456"));
  assert.ok(!hasBirthDate("0002291123456"));
});

test("numbers are random from 5 October 2020 on", () => {
  assert.ok(!isBornUnderRandomNumbers("2010043123456"));
  assert.ok(isBornUnderRandomNumbers("2010053123456"));
});
