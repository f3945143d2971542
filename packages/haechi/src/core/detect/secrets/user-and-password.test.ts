import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikeCredentials } from "./user-and-password.ts";

test("takes a name and a password, and a password alone", () => {
  for (const text of ["jane:hunter2", "app:s3same", ":aB3dE6gH", "aB3dE6gH", "root:correcthorse"]) {
    assert.ok(looksLikeCredentials(text), text);
  }
});

test("leaves what examples write, variables, defaults and ports", () => {
  const left = [
    "user:password",
    "user:pass",
    "postgres:postgres",
    "guest:guest",
    "u:$PASSWORD",
    "u:<password>",
    "host:8080?a=b",
  ];
  for (const text of left) assert.ok(!looksLikeCredentials(text), text);
});
