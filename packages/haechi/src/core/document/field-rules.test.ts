import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { compilePlaceRules, type KeyReading, type PlaceRule, withoutLeaves } from "./field-rules.ts";
import { type JsonDocument, STRING_LEAF } from "./json-document.ts";
import { leafText } from "./leaf.ts";
import { leafPath } from "./path.ts";
import { tokenize } from "./tokenize.ts";

const utf8 = new TextEncoder();
const read = (text: string) => tokenize(utf8.encode(text), { depthMax: 256 });
const told = (document: JsonDocument, rules: readonly PlaceRule<string>[]) =>
  compilePlaceRules(rules)
    .placesIn(document)
    .map(({ leaf, holds }) => [leafText(document, leaf), holds]);
const rule = (path: string, holds: string) => ({ path: path === "" ? [] : path.split("."), holds });

describe("place rules", () => {
  it("tell members by name and elements by a star", () => {
    const document = read('{"a":[{"b":"1","c":"2"},{"b":"3"}],"b":"4"}');
    assert.deepEqual(told(document, [rule("a.*.b", "x")]), [
      ["1", "x"],
      ["3", "x"],
    ]);
  });

  it("take a star for no member, and a name for no element", () => {
    assert.deepEqual(told(read('{"a":{"*":"1"},"b":["2"]}'), [rule("a.*", "x"), rule("b.0", "x")]), []);
  });

  it("let two stars stand for any depth, none among them", () => {
    const document = read('{"s":"1","a":{"s":"2"},"b":[[{"s":"3"}]],"t":{"s":{"u":"4"}}}');
    assert.deepEqual(
      told(document, [rule("**.s", "x")]).map(([text]) => text),
      ["1", "2", "3"],
    );
    assert.deepEqual(
      told(document, [rule("t.**", "x")]).map(([text]) => text),
      ["4"],
    );
  });

  it("are tried in their order", () => {
    assert.deepEqual(told(read('{"a":"1","b":"2"}'), [rule("a", "x"), rule("**", "y")]), [
      ["1", "x"],
      ["2", "y"],
    ]);
  });

  it("know a name however it is escaped, and say nothing of keys, numbers and words of JSON", () => {
    assert.deepEqual(told(read('{"\\u0061":"1","a":2,"a":null,"aa":"3"}'), [rule("a", "x")]), [["1", "x"]]);
  });

  it("know a name in any case, and however Unicode folds it, only where they are to", () => {
    const document = read('{"TO\u212aens":["1"],"tokens":["2"],"\\u0054okens":["3"],"token":["4"]}');
    const texts = (reading: KeyReading) =>
      compilePlaceRules([rule("tokens.*", "x")], reading)
        .placesIn(document)
        .map(({ leaf }) => leafText(document, leaf));
    assert.deepEqual([texts("exact"), texts("lenient")], [["2"], ["1", "2", "3"]]);
  });

  it("tell what trying each rule on each path tells", () => {
    const names = fc.constantFrom("a", "b", "ab");
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom("s", "t"),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(names, tie("any"), { maxKeys: 3 }),
      ),
    })).any;
    const path = fc.array(fc.constantFrom("a", "b", "ab", "*", "**"), { maxLength: 4 });
    fc.assert(
      fc.property(value, fc.array(path, { maxLength: 5 }), (content, paths) => {
        const document = read(JSON.stringify(content));
        const rules = paths.map((one, index) => ({ path: one, holds: String(index) }));
        const expected: unknown[] = [];
        for (let leaf = 0; leaf < document.leaves.count; leaf++) {
          if (document.leaves.kind[leaf] !== STRING_LEAF) continue;
          const steps = leafPath(document, leaf);
          const first = rules.find((one) => matches(one.path, steps));
          if (first !== undefined) expected.push({ leaf, holds: first.holds });
        }
        assert.deepEqual(compilePlaceRules(rules).placesIn(document), expected);
      }),
      { numRuns: 500 },
    );
  });
});

/** The law itself, slowly. */
function matches(path: readonly string[], steps: readonly (string | number)[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return steps.length === 0;
  if (first === "**") return matches(rest, steps) || (steps.length > 0 && matches(path, steps.slice(1)));
  if (steps.length === 0) return false;
  const fits = first === "*" ? typeof steps[0] === "number" : steps[0] === first;
  return fits && matches(rest, steps.slice(1));
}

describe("a document without some of its values", () => {
  it("has all its leaves, in their places, and those are empty", () => {
    const document = read('{"a":"one","b":["two","three"]}');
    const without = withoutLeaves(document, [1, 4]);
    assert.deepEqual(
      Array.from({ length: without.leaves.count }, (_, leaf) => leafText(without, leaf)),
      ["a", "", "b", "two", ""],
    );
    assert.deepEqual(leafPath(without, 4), ["b", 1]);
    assert.equal(leafText(document, 1), "one");
  });
});
