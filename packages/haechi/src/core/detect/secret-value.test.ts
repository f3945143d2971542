import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikeSecretValue } from "./secret-value.ts";

test("takes what a person or a generator would choose", () => {
  for (const value of [
    "hunter2!",
    "S3cr3tV4lue99x",
    "9f8a7b6c5d4e3f2a",
    "qWeRtYzXcVbN",
    `${"a".repeat(86)}==`,
    "p@ss w0rd!",
  ]) {
    assert.ok(looksLikeSecretValue(value), value);
  }
});

test("leaves what stands for a secret", () => {
  const stands = [
    "PORTKEY_API_KEY",
    "$" + "{TOKEN_1}",
    "{{ token1 }}",
    "<your token 1>",
    "process.env.TOKEN1",
    "xxxxxxxx1",
  ];
  const written = [
    "your-api-key-1",
    "changeme1",
    "./secrets/key1",
    "server1.pem",
    "https://a.b/c1",
    "v1.2.3",
    "2024-01-01",
  ];
  const named = [
    "RefreshToken",
    "Uint8Array",
    "NonSharedBuffer",
    "user.password1",
    "token1",
    "oauth2-client",
    "passwordInput",
  ];
  for (const value of [...stands, ...written, ...named]) assert.ok(!looksLikeSecretValue(value), value);
});

test("leaves our own markers", () => {
  for (const value of [
    "[REDACTED:secret]",
    `[TOKEN:tok_email_${"0a".repeat(8)}]`,
    `tok_email_${"0a".repeat(8)}`,
    "email:0123abcd",
  ]) {
    assert.ok(!looksLikeSecretValue(value), value);
  }
});
