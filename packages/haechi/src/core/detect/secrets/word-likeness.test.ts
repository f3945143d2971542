import assert from "node:assert/strict";
import { test } from "node:test";
import { readsLikeWord, wordShare } from "./word-likeness.ts";

test("words read like words, random letters do not", () => {
  for (const word of ["password", "Configuration", "request", "serveur", "usuario", "BENUTZER"])
    assert.ok(readsLikeWord(word), word);
  for (const letters of ["xkqpvwzb", "qzjxkv", "hgtrfdsw", "abc"]) assert.ok(!readsLikeWord(letters), letters);
});

test("the share of words is one for a name and about nothing for random characters", () => {
  assert.equal(wordShare("PasswordManager"), 1);
  assert.equal(wordShare("k3Jq9ZxV7bNw2RtY8mLp"), 0);
  assert.equal(wordShare(""), 0);
});
