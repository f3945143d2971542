import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compileContext, contextAllows, contextIsDecided, contextRaises } from "./context-words.ts";

describe("context words", () => {
  const ssn = compileContext({ requires: ["ssn", "social security", "주민번호"], reach: 12 });

  it("count before the finding, behind it and in the JSON key", () => {
    assert.equal(allows(ssn, "SSN: ", ""), true);
    assert.equal(allows(ssn, "", " (ssn)"), true);
    assert.equal(allows(ssn, "", "", "userSsn"), true);
    assert.equal(allows(ssn, "", "", "employee_ssn"), true);
  });

  it("do not count within a longer word", () => {
    assert.equal(allows(ssn, "classname ", ""), false);
    assert.equal(allows(ssn, "ssns ", ""), false);
  });

  it("count with a particle of a script without blanks", () => {
    assert.equal(allows(ssn, "주민번호는 ", ""), true);
  });

  it("do not count beyond their reach", () => {
    assert.equal(allows(ssn, "ssn, as everybody knows, ", ""), false);
  });

  it("are not cut out of longer words by their reach", () => {
    assert.equal(allows(ssn, "xssn         ", ""), false);
    assert.equal(allows(ssn, "", " social ssnx"), false);
    assert.equal(allows(ssn, "", "      is ssnx"), false);
    assert.equal(allows(ssn, "", "      is ssn "), true);
  });

  it("forbid only before the finding", () => {
    const hash = compileContext({ forbids: ["sha256:"], reach: 10 });
    assert.equal(allows(hash, "sha256:", ""), false);
    assert.equal(allows(hash, "", " sha256:"), true);
  });
  it("raise on either side and in the JSON key, not beyond their reach", () => {
    const context = compileContext({ raises: ["iban"], reach: 6 });
    assert.ok(contextRaises(context, "IBAN: 12", 6, 8, null));
    assert.ok(contextRaises(context, "12 (iban)", 0, 2, null));
    assert.ok(contextRaises(context, "12", 0, 2, "customer_iban"));
    assert.ok(!contextRaises(context, "iban of him: 12", 13, 15, null));
  });

  it("of text that is still to come change nothing once all that is asked for stands before", () => {
    const context = compileContext({ requires: ["ssn"], raises: ["us"], reach: 10 });
    assert.ok(!contextIsDecided(context, "ssn 12", 4, 6));
    assert.ok(contextIsDecided(context, "us ssn 12", 7, 9));
    assert.ok(contextIsDecided(context, `ssn 12${" ".repeat(11)}`, 4, 6));
  });
});

function allows(
  context: ReturnType<typeof compileContext>,
  before: string,
  behind: string,
  key: string | null = null,
): boolean {
  return contextAllows(context, `${before}123${behind}`, before.length, before.length + 3, key);
}
