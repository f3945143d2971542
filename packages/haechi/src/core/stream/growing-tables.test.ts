import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { samplePattern, seededDice } from "../detect/patterns/pattern-sampler.oracle.ts";
import { builtInDetectors } from "../detect/registry.ts";
import { compileDetectors } from "../detect/rules/compile.ts";
import { Rule } from "../detect/rules/rule.ts";
import { growingTables } from "./growing-tables.ts";

describe("the tables for growing texts", () => {
  it("are shared by all texts of one direction", () => {
    const compiled = compileDetectors(builtInDetectors.slice(0, 20));
    assert.equal(growingTables(compiled, "response"), growingTables(compiled, "response"));
    assert.notEqual(growingTables(compiled, "response"), growingTables(compiled, "request"));
  });

  it("may ask a keyed rule at its name and behind it only", () => {
    for (const detector of builtInDetectors) {
      const { anchor, pattern } = detector;
      if (anchor.kind !== "keyed" || new Rule(detector, 0).shape.valueOffset.max === 0) continue;
      const names = anchor.names.map((name) => name.toLowerCase());
      for (let seed = 1; seed <= 50; seed++) {
        const match = samplePattern(pattern, seededDice(seed * 7919)).toLowerCase();
        assert.ok(
          names.some((name) => match.startsWith(name)),
          `${detector.id}: ${match}`,
        );
      }
    }
  });
});
