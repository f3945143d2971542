import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Rule } from "../rules/rule.ts";

describe("a pattern that ends with its alphabet", () => {
  const ends = (pattern: RegExp) =>
    new Rule(
      {
        id: "x",
        entityType: "secret",
        confidence: 1,
        anchor: { kind: "digits", run: 1 },
        pattern,
        samples: { finds: [], ignores: [] },
      },
      0,
    ).endsWithItsAlphabet;

  it("forbids each of its characters to follow", () => {
    assert.equal(ends(/sk-[\w-]{20,250}(?![\w-])/), true);
    assert.equal(ends(/(?:ak-\d{4}|as-\d{6})(?![a-z\d-])/), true);
    assert.equal(ends(/(?:ak_\d{4}(?!\w)|as_\d{6}(?!\w))/), true);
  });

  it("does not let one of them follow", () => {
    assert.equal(ends(/sk-[\w-]{20,250}(?!\w)/), false);
    assert.equal(ends(/sk-[\w-]{20,250}/), false);
    assert.equal(ends(/(?:ak_\d{4}(?!\w)|as_\d{6})/), false);
    assert.equal(ends(/\d{4}(?!\d\d)/), false);
    assert.equal(ends(/é{4}(?!é)/), false);
  });
});
