import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hasNricLetter } from "./nric.ts";

test("accepts published numbers of every series", () => {
  for (const number of ["S1234567D", "T1234567J", "F1234567N", "G1234567X", "M1234567K", "M4332674T", "M1134985K"]) {
    assert.ok(hasNricLetter(number), number);
  }
});

test("exactly one letter fits", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[STFGM]\d{7}$/), (body) => {
      const fitting = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].filter((letter) => hasNricLetter(body + letter));
      assert.equal(fitting.length, 1);
    }),
  );
});

test("notices every change of one digit", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[STFGM]\d{7}$/),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      (body, at, by) => {
        const letter = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].find((candidate) => hasNricLetter(body + candidate));
        const changed = body.slice(0, at) + ((Number(body[at]) + by) % 10) + body.slice(at + 1);
        assert.ok(!hasNricLetter(changed + letter));
      },
    ),
  );
});
