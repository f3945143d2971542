import assert from "node:assert/strict";
import { test } from "node:test";
import { isSocialSecurityNumber } from "./us-social-security.ts";

test("accepts issued ranges", () => {
  for (const number of ["078-05-1120", "001-01-0001", "899-99-9999", "665 12 3456"]) {
    assert.ok(isSocialSecurityNumber(number), number);
  }
});

test("refuses ranges that are never issued", () => {
  for (const number of ["000-12-3456", "666-12-3456", "900-12-3456", "999-12-3456", "123-00-4567", "123-45-0000"]) {
    assert.ok(!isSocialSecurityNumber(number), number);
  }
});
