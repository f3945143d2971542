import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compileContext, contextAllows } from "./context-words.ts";

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

  it("forbid only before the finding", () => {
    const hash = compileContext({ forbids: ["sha256:"], reach: 10 });
    assert.equal(allows(hash, "sha256:", ""), false);
    assert.equal(allows(hash, "", " sha256:"), true);
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
