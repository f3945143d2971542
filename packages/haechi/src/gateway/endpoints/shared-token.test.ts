import assert from "node:assert/strict";
import { test } from "node:test";
import { hasToken } from "./shared-token.ts";

test("the token opens, whatever the case of the scheme", () => {
  for (const value of ["Bearer the-token", "bearer the-token", "BEARER   the-token "]) {
    assert.ok(hasToken(["Authorization", value], "the-token"), value);
  }
});

test("nothing else does", () => {
  for (const headers of [
    [],
    ["authorization", ""],
    ["authorization", "the-token"],
    ["authorization", "Basic the-token"],
    ["authorization", "Bearer the-toke"],
    ["authorization", "Bearer the-token2"],
    ["authorization", "Bearer the-token the-token"],
    ["authorization", "Bearer THE-TOKEN"],
    ["authorization", "Bearer the-token", "authorization", "Bearer the-token"],
    ["x-authorization", "Bearer the-token"],
  ]) {
    assert.equal(hasToken(headers, "the-token"), false, String(headers));
  }
});
