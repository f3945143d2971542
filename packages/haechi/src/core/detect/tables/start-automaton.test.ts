import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Dice, samplePattern, seededDice } from "../patterns/pattern-sampler.oracle.ts";
import { builtInDetectors } from "../registry.ts";
import { Rule } from "../rules/rule.ts";
import { StartAutomaton } from "./start-automaton.ts";

describe("the automaton over the first characters", () => {
  it("never turns away a rule that matches there", () => {
    fc.assert(
      fc.property(fc.nat(builtInDetectors.length - 1), fc.integer(), fc.string(), (index, seed, after) => {
        const dice: Dice = seededDice(seed);
        const { pattern } = builtInDetectors[index]!;
        const text = (samplePattern(pattern, dice) + after).toWellFormed();
        const sticky = new RegExp(pattern.source, `${pattern.flags.replace(/[dgy]/g, "")}y`);
        if (sticky.test(text)) assert.equal(mayMatch(index, text), true, text);
      }),
      { numRuns: 2000 },
    );
  });

  it("turns away what differs from all matches in the first characters", () => {
    const card = builtInDetectors.findIndex(({ id }) => id === "card-like");
    assert.equal(mayMatch(card, "4111 1111 1111 1111"), true);
    assert.equal(mayMatch(card, "4111  1111 1111 1111"), false);
    assert.equal(mayMatch(card, "4111 1111"), false);
  });

  it("heeds what may not follow a short match", () => {
    const phone = builtInDetectors.findIndex(({ id }) => id === "kr-service-phone");
    assert.equal(mayMatch(phone, "1588-1234"), true);
    assert.equal(mayMatch(phone, "1588-1234."), true);
    assert.equal(mayMatch(phone, "1588-12345"), false);
  });
});

const automata = builtInDetectors.map((detector) => new StartAutomaton([new Rule(detector, 0)]));

function mayMatch(index: number, text: string): boolean {
  const bytes = new TextEncoder().encode(text);
  const may = automata[index]!.nextStart(bytes, 0, 0, 0, bytes.length, false) === 0;
  assert.ok(!may || automata[index]!.rulesAt(text, 0).length === 1, "what may match may match when more text follows");
  return may;
}
