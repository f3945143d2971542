import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parsePattern } from "./parse-pattern.ts";
import { partialSource } from "./partial-pattern.ts";
import { samplePattern, seededDice } from "./pattern-sampler.oracle.ts";
import { builtInDetectors } from "./registry.ts";

describe("the partial form of a pattern", () => {
  it("matches every beginning of what the pattern matches", () => {
    fc.assert(
      fc.property(fc.constantFrom(...builtInDetectors), fc.integer(), ({ pattern }, seed) => {
        const match = new RegExp(`^(?:${pattern.source})`, pattern.flags).exec(
          samplePattern(pattern, seededDice(seed)),
        );
        fc.pre(match !== null);
        for (let length = 1; length <= match![0].length; length++) {
          assert.ok(partial(pattern).test(match![0].slice(0, length)), match![0].slice(0, length));
        }
      }),
      { numRuns: 400 },
    );
  });

  it("does not match a text that already went another way", () => {
    const email = /[a-z]{1,8}@(?:[a-z]{1,8}\.){1,3}[a-z]{2,4}(?!\w)/;
    for (const text of ["a", "a@", "a@b", "a@b.", "a@b.c", "a@b.co", "a@b.c.de"])
      assert.ok(partial(email).test(text), text);
    for (const text of ["a ", "a@ ", "a@b..", "a@b.co ", "a@b.co1"]) assert.ok(!partial(email).test(text), text);
  });

  it("leaves open what stands behind the end", () => {
    assert.ok(partial(/\d{3}(?!\d)/).test("123"));
    assert.ok(!partial(/\d{3}(?!\d)/).test("1234"));
    assert.ok(partial(/\d{3}\b/).test("123"));
    assert.ok(partial(/(?:[ab]\d){3}x/).test("a1b"));
    assert.ok(!partial(/(?:[ab]\d){3}x/).test("a1bb"));
  });
});

function partial(pattern: RegExp): RegExp {
  return new RegExp(partialSource(parsePattern(pattern.source, pattern.flags)), `${pattern.flags}y`);
}
