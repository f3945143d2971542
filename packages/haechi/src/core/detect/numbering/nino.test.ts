import assert from "node:assert/strict";
import { test } from "node:test";
import { hasNinoPrefix } from "./nino.ts";

test("refuses the prefixes that are not used, in any case", () => {
  for (const text of ["BG123456C", "gb123456c", "ZZ 12 34 56 A"]) assert.ok(!hasNinoPrefix(text), text);
  assert.ok(hasNinoPrefix("AB123456C"));
});
