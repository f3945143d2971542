import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Detector } from "../detect/detector.ts";
import type { EntityType } from "../detect/entity-type.ts";
import { samplePattern, seededDice } from "../detect/patterns/pattern-sampler.oracle.ts";
import { builtInDetectors } from "../detect/registry.ts";
import { Rule } from "../detect/rules/rule.ts";
import { mayBeginAt, OpenMatch } from "./open-match.ts";

describe("a match that is read as its text comes", () => {
  it("goes on in every beginning of what the pattern matches, and may have ended where it has", () => {
    fc.assert(
      fc.property(fc.nat(rules.length - 1), fc.integer(), (index, seed) => {
        const rule = rules[index]!;
        const match = new RegExp(`^(?:${rule.detector.pattern.source})`, rule.flags).exec(
          samplePattern(rule.detector.pattern, seededDice(seed)),
        );
        fc.pre(match !== null);
        const text = match![0];
        assert.ok(mayBeginAt(rule, text, 0));
        const open = new OpenMatch(rule, text, 0);
        for (let length = 1; length < text.length; length++) {
          const beginning = text.slice(0, length);
          if (beginning.isWellFormed()) assert.ok(open.goesOn(beginning, 0), beginning);
        }
        open.goesOn(text, 0);
        assert.ok(open.mayHaveEnded, text);
      }),
      { numRuns: 600 },
    );
  });

  it("does not go on in a text that already went another way", () => {
    const email = ruleOf(/[a-z]{1,8}@(?:[a-z]{1,8}\.){1,3}[a-z]{2,4}(?!\w)/);
    for (const text of ["a", "a@", "a@b", "a@b.", "a@b.c", "a@b.co", "a@b.c.de"]) assert.ok(goesOn(email, text), text);
    for (const text of ["a ", "a@ ", "a@b..", "a@b.co ", "a@b.co1"]) assert.ok(!goesOn(email, text), text);
  });

  it("leaves open what stands behind the end", () => {
    assert.ok(goesOn(ruleOf(/\d{3}(?!\d)/), "123"));
    assert.ok(!goesOn(ruleOf(/\d{3}(?!\d)/), "1234"));
    assert.ok(goesOn(ruleOf(/(?:[ab]\d){3}x/), "a1b"));
    assert.ok(!goesOn(ruleOf(/(?:[ab]\d){3}x/), "a1bb"));
    assert.ok(!goesOn(ruleOf(/\d{3}/), "123"));
  });

  it("does not read what is longer than a match can be, however much text is there", () => {
    let read = 0;
    // Only these two are asked of a text.
    const charCodeAt = () => {
      read++;
      return 0x61;
    };
    const text = { length: 100_000, charCodeAt } as unknown as string;
    assert.ok(!new OpenMatch(ruleOf(/x?[a-z]{50,200}!/), text, 1).goesOn(text, 1));
    assert.ok(read <= 1, String(read));
  });

  it("tells characters beyond ASCII apart", () => {
    const rule = ruleOf(/[가-힣]{2}님/);
    assert.ok(goesOn(rule, "김구"));
    assert.ok(!goesOn(rule, "김नq"));
    assert.ok(!mayBeginAt(rule, "न", 0));
    assert.ok(goesOn(ruleOf(/😀{2}/u), "😀"));
  });

  it("reads a repetition of what may be nothing", () => {
    assert.ok(goesOn(ruleOf(/x(?:a?b?){0,100}y/), "xabbab"));
    assert.ok(!goesOn(ruleOf(/x(?:a?b?){0,100}y/), "xabc"));
  });
});

const rules = builtInDetectors.map((detector, index) => new Rule(detector, index));

function goesOn(rule: Rule, text: string): boolean {
  return new OpenMatch(rule, text, 0).goesOn(text, 0);
}

function ruleOf(pattern: RegExp): Rule {
  const detector: Detector<EntityType> = {
    id: pattern.source,
    entityType: "unusual",
    confidence: 0.5,
    anchor: { kind: "digits", run: 1 },
    pattern,
    samples: { finds: [], ignores: [] },
  };
  return new Rule(detector, 0);
}
