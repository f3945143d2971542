import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findJsonFault } from "./json-syntax.ts";

test("finds no fault in what JSON.stringify writes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      fc.pre(!text.includes('"__proto__"'));
      assert.equal(findJsonFault(text), null);
    }),
  );
});

test("finds a fault exactly where JSON.parse does", () => {
  const pieces = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"b\\n"',
    "1",
    "-0.5e+3",
    "true",
    "null",
    " ",
    "\n",
    "01",
    "x",
    '"',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const text = parts.join("");
      fc.pre(!/"a"\s*:.*"a"\s*:|"b\\n"\s*:.*"b\\n"\s*:/s.test(text));
      assert.equal(findJsonFault(text) === null, parses(text), text);
    }),
    { numRuns: 3000 },
  );
});

const faults: readonly (readonly [text: string, line: number, column: number, expected: string])[] = [
  ["", 1, 1, "a value"],
  ["{", 1, 2, "a name in double quotes"],
  ["{\n  mode: 1\n}", 2, 3, "a name in double quotes"],
  ['{\n  "a" 1\n}', 2, 7, ":"],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, ", or }"],
  ['{ "a": 1, }', 1, 11, "a name in double quotes"],
  ["[1 2]", 1, 4, ", or ]"],
  ["[1,]", 1, 4, "a value"],
  ["{} // done", 1, 4, "the end of the file"],
  ['{"a":{"mode":1,"mode":2}}', 1, 16, "a name that this object does not have yet"],
  ['{"a":1,"\\u0061":2}', 1, 8, "a name that this object does not have yet"],
  ['{"__proto__":{}}', 1, 2, "a name other than __proto__"],
  ["[".repeat(102), 1, 102, "at most 100 arrays and objects inside each other"],
];

for (const [text, line, column, expected] of faults) {
  test(`expects ${expected} at ${line}:${column} of ${JSON.stringify(text.slice(0, 40))}`, () => {
    assert.deepEqual(findJsonFault(text), { line, column, expected });
  });
}

test("the same name may stand in two objects", () => {
  assert.equal(findJsonFault('{"a":{"mode":1},"b":{"mode":2}}'), null);
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
