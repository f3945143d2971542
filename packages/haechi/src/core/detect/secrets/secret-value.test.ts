import assert from "node:assert/strict";
import { test } from "node:test";
import {
  looksLikeBareSecret,
  looksLikePassword,
  looksLikeThrownTogether,
  looksLikeToken,
  looksRandom,
} from "./secret-value.ts";

test("takes what a person would choose, in quotes under the name of a password", () => {
  for (const value of [
    "hunter2",
    "letmein!",
    "admin123",
    "Tr0ub4dor&3",
    "p@ss w0rd!",
    "qWeRtYzXcVbN",
    "aB3{x)9!kL",
    "QAv8ZIEEXqcM",
    "982451653",
  ]) {
    assert.ok(looksLikePassword(value), value);
  }
});

test("takes what a generator would make, in quotes under the name of a token", () => {
  for (const value of [
    "S3cr3tV4lue99x",
    "9f8a7b6c5d4e3f2a",
    "0b7a3c52-5f0e-4a43-9a4e-8e2f0d6b1c11",
    `${"aB/".repeat(20)}==`,
  ]) {
    assert.ok(looksLikeToken(value), value);
  }
  for (const value of ["token2", "token_two_2", "ab1"]) assert.ok(!looksLikeToken(value), value);
});

test("takes without quotes what is no name in code", () => {
  for (const value of ["hunter2", "Hunter2!x", "9f8a7b6c5d4e3f2a", "xKqPvWzBnMtR"])
    assert.ok(looksLikeBareSecret(value), value);
  for (const value of ["nextPassword2", "endTagBeforeHtml", "param12", "utf8Decode", "required", "1234567890"]) {
    assert.ok(!looksLikeBareSecret(value), value);
  }
});

test("takes under any name only what is random", () => {
  for (const value of ["k3Jq9ZxV7bNw2RtY8mLp", "9f8a7b6c5d4e3f2a0b1c9f8a"]) assert.ok(looksRandom(value), value);
  for (const value of ["hunter2", "0b7a3c52-5f0e-4a43-9a4e-8e2f0d6b1c11", "translation-of-something-1"]) {
    assert.ok(!looksRandom(value), value);
  }
});

test("tells marks that are thrown together from code", () => {
  for (const value of ["m{{h}o)p!k}9", "x9]A!rq)BA[_"]) assert.ok(looksLikeThrownTogether(value), value);
  for (const value of ["readPassword(0)[1]", "items[0].name", "{a:1,b:2}"])
    assert.ok(!looksLikeThrownTogether(value), value);
});

const STANDS_FOR_ONE = [
  "PORTKEY_API_KEY",
  `$${"{TOKEN_1}"}`,
  "{{ token1 }}",
  "<your token 1>",
  "process.env.TOKEN1",
  "xxxxxxxx1",
  "your-api-key-1",
  "changeme1",
  "./secrets/key1",
  "server1.pem",
  "https://a.b/c1",
  "v1.2.3",
  "2024-01-01",
  "Uint8Array",
  "user.password1",
  "oauth2-client",
  "[REDACTED:secret]",
  `[TOKEN:tok_email_${"0a".repeat(8)}]`,
  `tok_email_${"0a".repeat(8)}`,
  "email:0123abcd",
];

test("leaves what stands for a secret, and our own markers, whatever the name", () => {
  for (const value of STANDS_FOR_ONE) {
    for (const looks of [looksLikePassword, looksLikeToken, looksLikeBareSecret, looksRandom]) {
      assert.ok(!looks(value), `${looks.name}: ${value}`);
    }
  }
});
