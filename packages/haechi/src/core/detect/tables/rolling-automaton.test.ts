import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { EDGE } from "../patterns/code-set.ts";
import { STEPS } from "../patterns/pattern-nodes.ts";
import { type Dice, samplePattern, seededDice } from "../patterns/pattern-sampler.oracle.ts";
import { builtInDetectors } from "../registry.ts";
import { Rule } from "../rules/rule.ts";
import { RollingAutomaton } from "./rolling-automaton.ts";

const rules = builtInDetectors.map((detector, index) => new Rule(detector, index));
const byDigits = rules.filter(({ detector }) => detector.anchor.kind === "digits");
const utf8 = new TextEncoder();

describe("the automaton that reads on", () => {
  it("stops within the first characters of every match, wherever it begins", () => {
    const automaton = new RollingAutomaton(byDigits);
    fc.assert(
      fc.property(fc.nat(byDigits.length - 1), fc.integer(), fc.string(), fc.string(), (index, seed, before, after) => {
        const dice: Dice = seededDice(seed);
        const rule = byDigits[index]!;
        const opening = before.toWellFormed();
        const text = opening + (samplePattern(rule.detector.pattern, dice) + after).toWellFormed();
        rule.pattern.lastIndex = opening.length;
        if (!rule.pattern.test(text)) return;
        const start = utf8.encode(opening).length;
        const past = utf8.encode(text.slice(0, opening.length + STEPS)).length;
        assert.ok(
          stops(automaton, utf8.encode(text)).some((at) => at > start && at <= past),
          text,
        );
      }),
      { numRuns: 3000 },
    );
  });

  it("reads ordinary text with numbers from end to end", () => {
    const automaton = new RollingAutomaton(byDigits.filter(({ isLabelled }) => !isLabelled));
    const text = "On 3 May 2024 at 10:15 about 1,250 of 4,800 parts (26 %) had left gate 7, ISO 9001:2015, v1.22.0";
    assert.deepEqual(stops(automaton, utf8.encode(text)), []);
  });

  it("reads on from states that were made before as if it had made them", () => {
    const free = byDigits.filter(({ isLabelled }) => !isLabelled);
    const other = new RollingAutomaton(free);
    for (const text of ORDINARY) stops(other, utf8.encode(text));
    const prepared = other.arrays;
    const anew = new RollingAutomaton(free);
    const piece = fc.oneof(fc.constantFrom(...ORDINARY), fc.string(), fc.stringMatching(/^[\d ./:-]{1,12}$/));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.nat(free.length - 1), fc.integer(), (pieces, index, seed) => {
        const match = samplePattern(free[index]!.detector.pattern, seededDice(seed));
        const bytes = utf8.encode([...pieces, match, ...pieces].join(" ").toWellFormed());
        const later = new RollingAutomaton(free, prepared);
        assert.deepEqual(steps(later, bytes), steps(anew, bytes));
        assert.deepEqual(steps(later, bytes), steps(anew, bytes));
      }),
      { numRuns: 60 },
    );
  });

  it("knows when nothing has begun", () => {
    const automaton = new RollingAutomaton(rules.filter(({ id }) => id === "us-ssn"));
    const bytes = utf8.encode("no 123-45-");
    automaton.begin(0, EDGE);
    automaton.readTo(bytes, 3, false);
    assert.equal(automaton.isFresh, true);
    automaton.readTo(bytes, bytes.length, false);
    assert.equal(automaton.isFresh, false);
  });
});

const ORDINARY = ["at 10:15 about 1,250", "gate 7, 26 %", "v1.22.0", "2024-05-03", "the 12 parts"];

/** Behind each character: whether the automaton has stopped, nothing has begun, a match may end. */
function steps(automaton: RollingAutomaton, bytes: Uint8Array): unknown[] {
  const all: unknown[] = [];
  automaton.begin(0, EDGE);
  while (automaton.at < bytes.length) {
    const stopped = automaton.readTo(bytes, automaton.at + 1, false);
    all.push([automaton.at, stopped, automaton.isFresh, automaton.mayEnd]);
  }
  return all;
}

/** Past which bytes the automaton has stopped; at the end, when a match may end there. */
function stops(automaton: RollingAutomaton, bytes: Uint8Array): number[] {
  const all: number[] = [];
  automaton.begin(0, EDGE);
  while (automaton.at < bytes.length) if (automaton.readTo(bytes, bytes.length, false)) all.push(automaton.at);
  if (automaton.mayEnd) all.push(bytes.length);
  return all;
}
