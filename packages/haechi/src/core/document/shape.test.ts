import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { shapeHash } from "./shape.ts";
import { type JsonNode, twiceSpelledJson } from "./spelled-json.oracle.ts";
import { textDocument } from "./text-document.ts";
import { tokenize } from "./tokenize.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const hashOf = (json: string) => shapeHash(tokenize(encode(json), { depthMax: 16 }));

describe("shapeHash", () => {
  it("is 12 hex digits", () => {
    assert.match(hashOf('{"a":1}'), /^[0-9a-f]{12}$/);
  });

  it("stays what it is in the audit records that there are", () => {
    const conversation =
      '{"model":"m","messages":[{"role":"user","content":"hello"},{"role":"tool","content":["a",1,2.5,null]}]}';
    const large = JSON.stringify({ ["k".repeat(200)]: Array.from({ length: 6000 }, () => "x".repeat(130)) });
    for (let round = 0; round < 2; round++) {
      assert.equal(hashOf(conversation), "c4e1d9b48714");
      assert.equal(hashOf(large), "fdde815f4cf2");
      assert.equal(shapeHash(textDocument(encode("abc"))), "eb9992ae61f6");
    }
  });

  it("does not see values or spacing", () => {
    assert.equal(hashOf('{"a":"one","b":[1,2.5],"c":true}'), hashOf(' {"a" : "two", "b":[90,1E9 ],"c":null}'));
  });

  it("differs between any two documents that differ without their values", () => {
    const pairs = fc.tuple(twiceSpelledJson, twiceSpelledJson);
    fc.assert(
      fc.property(pairs, ([[one], [other]]) => {
        if (JSON.stringify(outline(one.node)) !== JSON.stringify(outline(other.node))) {
          assert.notEqual(hashOf(one.text), hashOf(other.text));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("sees structure, key names, string lengths and kinds of numbers", () => {
    const shapes = [
      ...[
        "{}",
        "[]",
        "1",
        "1.5",
        '""',
        '"a"',
        '"ab"',
        "[1]",
        "[[]]",
        "[{}]",
        "[[],[]]",
        "[[[]]]",
        '{"a":1}',
        '{"b":1}',
      ],
      ...[
        '{"a":[]}',
        '{"a":{}}',
        '{"a":"1"}',
        '{"a":1.0}',
        '{"a":1,"a":1}',
        '{"a":1,"b":1}',
        '{"b":1,"a":1}',
        '["a",1]',
      ],
      ...[
        '[1,"a"]',
        "[null,1]",
        "[1,1]",
        "[[1],1]",
        "[[1,1]]",
        '{"ab":"c"}',
        '{"a":"bc"}',
        '{"é":1}',
        `"${"x".repeat(128)}"`,
      ],
      ...['{"a":{"b":1}}', '{"a":{},"b":1}', `"${"x".repeat(129)}"`, `{"${"k".repeat(200)}":1}`],
    ];
    assert.equal(new Set(shapes.map(hashOf)).size, shapes.length);
  });

  it("sees the length of plain text and nothing else", () => {
    const ofText = (text: string) => shapeHash(textDocument(encode(text)));
    assert.equal(ofText("abc\\"), ofText("é\\n"));
    assert.notEqual(ofText("abc"), ofText("ab"));
  });
});

/** The document without its values and lengths, in the plain way. Booleans and nulls leave only their place. */
function outline(node: JsonNode): unknown {
  switch (node.is) {
    case "string":
      return "string";
    case "number":
      return /[.eE]/.test(node.text) ? "fraction" : "integer";
    case "literal":
      return null;
    case "array": {
      const items = node.items.map(outline);
      while (items.length > 0 && items.at(-1) === null) items.pop();
      return { items };
    }
    case "object":
      return node.members.map(([key, value]) => [key, outline(value)]);
  }
}
