import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { maskText } from "./mask.ts";

test("eight characters or fewer are masked in full", () => {
  assert.equal(maskText(""), "");
  assert.equal(maskText("1"), "*");
  assert.equal(maskText("12345678"), "********");
  assert.equal(maskText("😀".repeat(8)), "********");
});

test("longer texts keep two characters at each end", () => {
  assert.equal(maskText("123456789"), "12*****89");
  assert.equal(maskText("010-1234-5678"), "01*********78");
  assert.equal(maskText("😀가345678나😀"), "😀가******나😀");
});

test("the number of characters stays, and none but the ends is shown", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const characters = Array.from(text);
      const masked = Array.from(maskText(text));
      assert.equal(masked.length, characters.length);
      const shown = characters.length <= 8 ? 0 : 2;
      assert.ok(masked.slice(shown, masked.length - shown).every((character) => character === "*"));
      assert.deepEqual(masked.slice(0, shown), characters.slice(0, shown));
    }),
  );
});
