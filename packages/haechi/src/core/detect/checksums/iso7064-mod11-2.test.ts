import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mod11And2CheckCharacter } from "./iso7064-mod11-2.ts";

test("gives the check character of published ORCID identifiers", () => {
  assert.equal(mod11And2CheckCharacter("000000021825009"), "7");
  assert.equal(mod11And2CheckCharacter("000000021694233"), "X");
});

test("notices every change of one digit", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{17}$/), fc.nat(16), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const changed = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
      assert.notEqual(mod11And2CheckCharacter(changed), mod11And2CheckCharacter(digits));
    }),
  );
});
