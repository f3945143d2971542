import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { leafText } from "../document/leaf.ts";
import { tokenize } from "../document/tokenize.ts";
import { sourceOffsets } from "../restore/source-offsets.ts";
import { applyEdits } from "./apply-edits.ts";
import type { Edit } from "./edit.ts";

/** The text that a JSON string spells after every occurrence of `found` in it was replaced. */
function spelledAfter(text: string, found: string, replacement: string): string {
  const document = tokenize(new TextEncoder().encode(JSON.stringify(text)), { depthMax: 4 });
  const offsets = sourceOffsets(document, 0);
  const edits: Edit[] = [];
  for (let at = text.indexOf(found); at !== -1; at = text.indexOf(found, at + found.length)) {
    edits.push({ leaf: 0, start: offsets[at]!, end: offsets[at + found.length]!, replacement });
  }
  const after = tokenize(applyEdits(document, edits), { depthMax: 4 });
  return leafText(after, 0);
}

describe("an edit in a string that spells JSON", () => {
  it("escapes what it puts into a string of it", () => {
    const after = spelledAfter('{"n":"[T] and [T]"}', "[T]", 'a"b\\c\n');
    assert.deepEqual(JSON.parse(after), { n: 'a"b\\c\n and a"b\\c\n' });
  });

  it("makes a string of a whole number of it, once", () => {
    assert.equal(spelledAfter('{"n": -4111.5, "m":[4111,1]}', "4111", "[R]"), '{"n": "[R]", "m":["[R]",1]}');
    assert.equal(spelledAfter("[4114]", "4", "*"), '["*"]');
  });

  it("takes the backslash along when it begins with the letter of an escape", () => {
    const text = JSON.stringify({ a: "hi\nfoo C:\\nfoo" });
    assert.deepEqual(JSON.parse(spelledAfter(text, "nfoo", "[R]")), { a: "hi[R] C:\\[R]" });
  });

  it("is an ordinary edit where the string spells no JSON", () => {
    assert.equal(spelledAfter('{"n": 4111', "4111", '"'), '{"n": "');
    assert.equal(spelledAfter("[T] 4111", "4111", "x"), "[T] x");
  });

  it("keeps any JSON valid", () => {
    fc.assert(
      fc.property(fc.json(), fc.string({ minLength: 1, maxLength: 2 }), fc.string(), (text, found, replacement) => {
        const isInValue = /^[\w.@ ]+$/.test(found) && !/[eE.]|true|false|null/.test(found);
        fc.pre(isInValue && /^\s*[{[]/.test(text) && !/true|false|null/.test(text));
        JSON.parse(spelledAfter(text, found, replacement));
      }),
    );
  });
});
