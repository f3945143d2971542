import assert from "node:assert/strict";
import { test } from "node:test";
import { spellings } from "./spellings.ts";

test("spells a label as text, as a key and as a name in code, each once", () => {
  const expected = "full name,Full name,Full Name,FULL NAME,full_name,FULL_NAME,full-name";
  assert.deepEqual(spellings("full name"), [...expected.split(","), "fullName", "FullName", "fullname"]);
  assert.deepEqual(spellings("dob"), ["dob", "Dob", "DOB"]);
});
