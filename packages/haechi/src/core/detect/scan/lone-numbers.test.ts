import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Anchor } from "../detector.ts";
import { samplePattern, seededDice } from "../patterns/pattern-sampler.oracle.ts";
import { builtInDetectors } from "../registry.ts";
import { areLoneNumbers } from "./lone-numbers.ts";

const SAMPLES = 60;
const isLone = (text: string, escaped = false, from = 0, to = text.length) => {
  const bytes = new TextEncoder().encode(text);
  const byteOf = (index: number) => Buffer.byteLength(text.slice(0, index));
  return areLoneNumbers({ bytes, start: 0, end: bytes.length, escaped }, byteOf(from), byteOf(to));
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
      "list of 52",
      "made 12 days",
    ])
      assert.equal(isLone(text), true, text);
  });

  it("are no longer ones, none that may be one number, and no piece of something", () => {
    for (const text of ["2024", "1 of 2", "x1", "1a", "1-a", "a-1", "--1", "v1.2", "10:15", "12월", "#5", "_7"]) {
      assert.equal(isLone(text), false, text);
    }
  });

  it("are no beginning of a street, no octets, no account", () => {
    for (const text of ["17 Main St", "17 N", "EB dE bF 52", "52 ee", "be 52", "NO 87 g"]) {
      assert.equal(isLone(text), false, text);
    }
  });

  it("are the same in a text with escapes", () => {
    const piece = fc.constantFrom(...'1,22,2024,a,B,ff, ,-,\\,",\n,\t,n,é,;,/'.split(","), ",");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        assert.equal(isLone(JSON.stringify(text).slice(1, -1), true), isLone(text), text);
      }),
      { numRuns: 3000 },
    );
  });

  it("are nothing that any rule matches which is anchored by digits", () => {
    for (const { id, pattern, anchor } of builtInDetectors) {
      if (anchor.kind !== "digits") continue;
      for (let seed = 0; seed < SAMPLES; seed++) {
        const sample = samplePattern(pattern, seededDice(seed));
        const zone = zoneOfMatch(new RegExp(pattern.source, pattern.flags).exec(sample), anchor);
        if (zone !== null) assert.equal(isLone(sample, false, ...zone), false, `${id}: ${sample}`);
      }
    }
  });
});

/** From where to where in the text digits stand that are not far from those which anchor the match. */
function zoneOfMatch(
  match: RegExpExecArray | null,
  { run, lead = 0 }: Extract<Anchor, { kind: "digits" }>,
): [from: number, to: number] | null {
  if (match === null) return null;
  const value = match.groups?.value ?? match[0];
  const anchored = new RegExp(`\\d{${run}}`).exec(value);
  if (anchored === null || anchored.index > lead) return null;
  let from = match.index + match[0].indexOf(value) + anchored.index;
  let to = from + run;
  const digits = Array.from(match.input.matchAll(/\d/g), ({ index }) => index);
  for (const digit of digits) if (digit >= to && digit - to < NEAR) to = digit + 1;
  for (const digit of digits.toReversed()) if (digit < from && from - digit <= NEAR) from = digit;
  return [from, to];
}

// In characters, of which none has more than three bytes: digits that are nearer than that are looked at in one go.
const NEAR = 10;
