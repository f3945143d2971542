import assert from "node:assert/strict";
import { test } from "node:test";
import { base58CheckVersion, RIPPLE_ALPHABET } from "./base58check.ts";

test("reads the version of published addresses", () => {
  assert.equal(base58CheckVersion("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"), 0);
  assert.equal(base58CheckVersion("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"), 5);
  assert.equal(base58CheckVersion("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", RIPPLE_ALPHABET), 0);
});

test("refuses a changed character, a character outside the alphabet and another length", () => {
  assert.equal(base58CheckVersion("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"), null);
  assert.equal(base58CheckVersion("1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf0a"), null);
  assert.equal(base58CheckVersion("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa1A1z"), null);
});
