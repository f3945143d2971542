import assert from "node:assert/strict";
import { test } from "node:test";
import { spellings } from "./spellings.ts";

test("spells a word of several parts in all ways of keys and columns", () => {
  assert.deepEqual(spellings("tax id,tin"), ["tax id", "tax_id", "tax-id", "taxid", "tin"]);
});
