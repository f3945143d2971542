import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { leafKind, leafLength, leafText, sourceText } from "./leaf.ts";
import { anyText, spelledJson } from "./spelled-json.oracle.ts";
import { textDocument } from "./text-document.ts";
import { tokenize } from "./tokenize.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => tokenize(encode(text), { depthMax: 16 });

describe("leafText", () => {
  it("is what was spelled, for every leaf of any document", () => {
    fc.assert(
      fc.property(spelledJson, ({ text, leaves }) => {
        const document = read(text);
        const found = Array.from({ length: document.leaves.count }, (_, leaf) => ({
          kind: leafKind(document, leaf),
          text: leafText(document, leaf),
        }));
        assert.deepEqual(
          found,
          leaves.map(({ kind, text }) => ({ kind, text })),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("is what JSON.parse gives for any string", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = JSON.stringify(text);
        assert.equal(leafText(read(json), 0), JSON.parse(json));
      }),
    );
  });

  it("keeps the digits of a number as they were written", () => {
    for (const text of ["12345678901234567890", "1.10", "-0", "1E+2"]) assert.equal(leafText(read(text), 0), text);
  });

  it("keeps a byte order mark inside a string", () => {
    assert.equal(leafText(read('"\ufeffa"'), 0), "\ufeffa");
  });

  it("joins two surrogate escapes and leaves a lone one alone", () => {
    assert.equal(leafText(read('"\\ud83d\\ude00"'), 0), "😀");
    assert.equal(leafText(read('"\\ude00\\ud83d!"'), 0), "\ude00\ud83d!");
  });

  it("does not undo the escapes of plain text", () => {
    assert.equal(leafText(textDocument(encode('a\\n\\u0041"é')), 0), 'a\\n\\u0041"é');
  });
});

describe("sourceText", () => {
  it("decodes any range of whole source units", () => {
    const units = ["a", "\\n", "é", "\\u0041", "😀", "\\ud83d\\ude00", '\\"', " long enough for the decoder "];
    const decoded = units.map((unit) => JSON.parse(`"${unit}"`) as string);
    fc.assert(
      fc.property(fc.array(fc.nat(units.length - 1)), fc.nat(), fc.nat(), (picks, a, b) => {
        const source = picks.map((pick) => units[pick]!);
        const [from, to] = [a % (picks.length + 1), b % (picks.length + 1)].sort((x, y) => x - y) as [number, number];
        const offset = (count: number) => 1 + encode(source.slice(0, count).join("")).length;
        const document = read(`"${source.join("")}"`);
        assert.equal(
          sourceText(document, offset(from), offset(to), 0),
          picks
            .slice(from, to)
            .map((pick) => decoded[pick])
            .join(""),
        );
      }),
    );
  });
});

describe("leafLength", () => {
  it("is the length of the text of the leaf", () => {
    fc.assert(
      fc.property(spelledJson, ({ text, leaves }) => {
        const document = read(text);
        leaves.forEach((leaf, i) => {
          assert.equal(leafLength(document, i), leaf.text.length);
        });
      }),
    );
  });

  it("counts a backslash of plain text as itself", () => {
    assert.equal(leafLength(textDocument(encode("\\u0041é😀")), 0), 9);
  });
});
