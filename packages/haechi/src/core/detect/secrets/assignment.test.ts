import assert from "node:assert/strict";
import { test } from "node:test";
import { isNextWord, isNoAssignment } from "./assignment.ts";

test("takes a blank for an assignment behind options, instructions, users and names in capitals on a line", () => {
  for (const before of [
    "mysql --db-password ",
    "ENV API_TOKEN ",
    "machine h login jane password ",
    "user jane / password ",
    "requirepass ",
    "# settings\nDB_PASSWORD ",
    "the password is ",
    "비밀번호 ",
    "password = ",
  ]) {
    assert.ok(!isNextWord(before, "\n"), before);
  }
});

test("takes a blank for no assignment in a sentence, nor on a line in capitals that goes on", () => {
  for (const before of ["the password ", "// pass ", "values that we pass to "])
    assert.ok(isNextWord(before, ""), before);
  assert.ok(isNextWord("DB_PASSWORD ", " and more"));
});

test("takes the second argument for a value, and an element of a list for none", () => {
  assert.ok(!isNoAssignment('setOption("password", "'));
  assert.ok(isNoAssignment('["md5", "password", "'));
  assert.ok(isNoAssignment('they pass "'));
  assert.ok(!isNoAssignment('password = "'));
});
