import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { areLoneNumbers } from "./lone-numbers.ts";
import { samplePattern, seededDice } from "./pattern-sampler.oracle.ts";
import { builtInDetectors } from "./registry.ts";

const SAMPLES = 300;
const isLone = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  return areLoneNumbers(bytes, 0, bytes.length);
};

describe("lone numbers", () => {
  it("are short, with nothing beside them", () => {
    for (const text of [
      "3",
      " 25 days",
      "list[0]",
      "(1)",
      "f(12, x)",
      "= 100;",
      "7 %",
      "return -1",
      "a = 1; b = 22",
      "1\n2",
    ])
      assert.equal(isLone(text), true, text);
  });

  it("are no longer ones, none that may be one number, and no piece of something", () => {
    for (const text of ["2024", "1 of 2", "x1", "1a", "1-a", "a-1", "--1", "v1.2", "10:15", "12월", "#5", "_7"]) {
      assert.equal(isLone(text), false, text);
    }
  });

  it("are nothing that any labelled rule matches", () => {
    for (const { id, pattern, anchor, context } of builtInDetectors) {
      if (anchor.kind !== "digits" || context?.requires === undefined) continue;
      for (let seed = 0; seed < SAMPLES; seed++) {
        const sample = samplePattern(pattern, seededDice(seed));
        if (new RegExp(pattern.source, pattern.flags).test(sample))
          assert.equal(isLone(sample), false, `${id}: ${sample}`);
      }
    }
  });
});
