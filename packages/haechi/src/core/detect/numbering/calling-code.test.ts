import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CALLING_CODES, internationalNumber, JOINT } from "./calling-code.ts";

const compact = new RegExp(`^${internationalNumber(`${JOINT}?`)}$`);

test("accepts numbers of the length that their country has", () => {
  for (const digits of ["14155552671", "442079460958", "821012345678", "493012345678", "33612345678", "35312345678"]) {
    assert.match(digits, compact);
  }
});

test("refuses unknown codes and impossible lengths", () => {
  for (const digits of ["9991234567", "1415555267", "141555526711", "33612", ""]) assert.doesNotMatch(digits, compact);
});

test("no calling code stands twice, and none begins with another", () => {
  const codes = CALLING_CODES.flatMap(({ codes }) => codes.split(" "));
  for (const code of codes)
    assert.deepEqual(
      codes.filter((other) => code.startsWith(other)),
      [code],
    );
});

test("accepts every grouping by one sign, and the trunk prefix in parentheses too", () => {
  const groups = fc.array(fc.stringMatching(/^[1-9]\d{1,3}$/), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom(...CALLING_CODES), groups, fc.constantFrom(" ", "-", ".", "/"), (plan, parts, sign) => {
      const length = parts.join("").length;
      const [code] = plan.codes.split(" ");
      const isPossible = length >= plan.shortest && length <= plan.longest;
      assert.equal(compact.test(`${code}${sign}${parts.join(sign)}`), isPossible);
      if (isPossible) assert.match(`${code} (0)${parts.join(sign)}`, compact);
    }),
  );
});
