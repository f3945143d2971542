import assert from "node:assert/strict";
import { test } from "node:test";
import { redactText } from "./redact.ts";

test("a redacted text says only its type", () => {
  assert.equal(redactText("email"), "[REDACTED:email]");
  assert.equal(redactText("employee_number"), "[REDACTED:employee_number]");
});
