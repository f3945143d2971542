import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stdnum } from "stdnum";
import { isCodiceFiscale } from "./codice-fiscale.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

test("exactly one check letter fits, and stdnum agrees that it does", () => {
  const body = fc.stringMatching(/^[A-Z]{6}[6-9]\d[ABCDEHLMPRST](?:0[1-9]|1\d|2[0-8]|4[1-9]|5\d|6[0-8])[A-M]\d{3}$/);
  fc.assert(
    fc.property(body, (code) => {
      const fitting = [...LETTERS].filter((letter) => isCodiceFiscale(code + letter));
      assert.equal(fitting.length, 1);
      assert.ok(stdnum.IT?.codicefiscale?.validate(code + fitting[0]).isValid, code + fitting[0]);
    }),
    { numRuns: 200 },
  );
});

test("accepts letters of omocodia for digits", () => assert.ok(isCodiceFiscale("RSSMRA45C12F20RX")));
test("refuses a day that no month has", () => {
  for (const letter of LETTERS) assert.ok(!isCodiceFiscale(`RSSMRA85T32A562${letter}`));
});
