import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { builtInDetectors } from "../registry.ts";
import { parseAnyPattern } from "./parse-pattern.ts";
import { parsePlainPattern } from "./parse-plain-pattern.ts";

describe("parsing a plain pattern", () => {
  it("gives for every built-in rule the tree that the full parser gives", () => {
    for (const { id, pattern } of builtInDetectors) {
      if (/[uv]/.test(pattern.flags)) continue;
      const tree = parsePlainPattern(pattern.source);
      assert.ok(tree !== null, id);
      assert.deepEqual(tree, bare(parseAnyPattern(pattern.source, pattern.flags)), id);
    }
  });

  it("gives that tree, or none, for anything that is written in the signs of patterns", () => {
    const pieces = fc.constantFrom(...PIECES);
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (signs) => {
        const source = signs.join("");
        fc.pre(isPattern(source));
        const tree = parsePlainPattern(source);
        if (tree !== null) assert.deepEqual(tree, bare(parseAnyPattern(source, "")), source);
      }),
      { numRuns: 3000 },
    );
  });

  it("leaves to the full parser what it does not know", () => {
    for (const source of [
      "(a)\\1",
      "\\p{L}",
      "\\cA",
      "a{,3}",
      "a{2",
      "x]",
      "(?=a)*",
      "a**",
      "(a",
      "[a",
      "[\\w-z]",
      "\\",
    ]) {
      assert.equal(parsePlainPattern(source), null, source);
    }
  });
});

const PIECES =
  String.raw`a - 9 . ^ $ | ( ) (?: (?= (?! (?<= (?<! (?<n> (?-i: (?i: (?i-s: [ [^ ] ? * + {2} {2,} {1,3} {3,1} { } \d \W \s \b \n \\ \] \- \. \/ \x41 \u0041 \x4 \0 \1 \k 가 , : = !`.split(
    " ",
  );

const MEMBERS = "type,value,raw,kind,negate,elements,min,max,modifiers,name,alternatives,greedy,element".split(",");

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** A tree of the full parser without the members that tell of places and parents. */
function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== "object" || node === null) return node;
  const { type } = node as { type: string };
  const kept = Object.entries(node).filter(([name]) => MEMBERS.includes(name) && !isNotKept(type, name, node));
  return Object.fromEntries(kept.map(([name, value]) => [name, bare(value)]));
}

function isNotKept(type: string, name: string, node: object): boolean {
  switch (type) {
    case "Pattern":
      return name !== "alternatives";
    case "Alternative":
      return name !== "elements";
    case "Group":
    case "CapturingGroup":
    case "CharacterClassRange":
      return name === "raw";
    case "Modifiers":
      return name !== "raw";
    case "Assertion":
      return name === "negate" && "kind" in node && node.kind === "word";
    default:
      return false;
  }
}
