import assert from "node:assert/strict";
import { test } from "node:test";
import { hasPlausibleLength } from "./calling-code.ts";

test("accepts numbers of the length that their country has", () => {
  for (const digits of ["14155552671", "442079460958", "821012345678", "493012345678", "33612345678", "35312345678"]) {
    assert.ok(hasPlausibleLength(digits), digits);
  }
});

test("refuses unknown codes and impossible lengths", () => {
  for (const digits of ["9991234567", "1415555267", "141555526711", "33612", ""]) {
    assert.ok(!hasPlausibleLength(digits), digits);
  }
});
