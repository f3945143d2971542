import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped } from "./grouped.ts";

const pattern = new RegExp(`^${grouped(["\\d{2}", "\\d{2}", "\\d"], ["", "-", ".", " - "])}$`);

test("takes one separator throughout, or none", () => {
  for (const text of ["12345", "12-34-5", "12.34.5", "12 - 34 - 5"]) assert.match(text, pattern);
});

test("does not take a separator that changes or that is not listed", () => {
  for (const text of ["12-34.5", "1234-5", "12 34 5", "12x34x5"]) assert.doesNotMatch(text, pattern);
});
