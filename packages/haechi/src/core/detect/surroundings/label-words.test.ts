import assert from "node:assert/strict";
import { test } from "node:test";
import { labelWords } from "./label-words.ts";

test("spells a word of several parts in all ways of keys and columns", () => {
  assert.deepEqual(labelWords("tax id,tin"), ["tax id", "tax_id", "tax-id", "taxid", "tin"]);
});
