import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type JsonDocument, KEY_LEAF, NUMBER_LEAF } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";
import { textDocument } from "../document/text-document.ts";
import { tokenize } from "../document/tokenize.ts";
import { applyEdits } from "./apply-edits.ts";
import type { Edit } from "./edit.ts";

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function json(text: string): JsonDocument {
  return tokenize(new TextEncoder().encode(text), { depthMax: 256 });
}

/** One edit for each occurrence of `found`, which is given as it is spelled in the document. */
function editsOf(document: JsonDocument, found: string, replacement: string): Edit[] {
  const wanted = Buffer.from(found);
  const edits: Edit[] = [];
  for (let leaf = 0; leaf < document.leaves.count; leaf++) {
    const end = document.leaves.end[leaf]!;
    const content = Buffer.from(document.bytes.subarray(0, end));
    for (
      let at = content.indexOf(wanted, document.leaves.start[leaf]!);
      at !== -1;
      at = content.indexOf(wanted, at + wanted.length)
    ) {
      edits.push({ leaf, start: at, end: at + wanted.length, replacement });
    }
  }
  return edits;
}

function edited(text: string, found: string, replacement: string): string {
  const document = json(text);
  return utf8.decode(applyEdits(document, editsOf(document, found, replacement)));
}

test("no edits give the same bytes", () => {
  const document = json('{"a": [1, "b"]}');
  assert.equal(applyEdits(document, []), document.bytes);
});

test("a replacement is escaped inside a string, and all around stays as written", () => {
  assert.equal(edited('{ "a" : "\\u00e9 x y" }', "x", '"\\\n\ud800'), '{ "a" : "\\u00e9 \\"\\\\\\n\\ud800 y" }');
});

test("several edits in one leaf are made in any given order", () => {
  const document = json('["a1b1c"]');
  const edits = editsOf(document, "1", "[REDACTED:x]").reverse();
  assert.equal(utf8.decode(applyEdits(document, edits)), '["a[REDACTED:x]b[REDACTED:x]c"]');
});

test("a number becomes a string, and its neighbours keep their spelling", () => {
  assert.equal(edited("[1.10, 4111111111111111, 1e400]", "4111111111111111", "X"), '[1.10, "X", 1e400]');
  assert.equal(edited('{"n":-4111}', "4111", "[T]"), '{"n":"-[T]"}');
  assert.equal(edited("4111", "4111", "[T]"), '"[T]"');
  assert.equal(edited("[4114]", "4", "*"), '["*11*"]');
});

test("a renamed key that clashes gets #2, #3", () => {
  assert.equal(
    edited('{"a@b":1,"a@b":2,"a@b":3}', "a@b", "[REDACTED:email]"),
    '{"[REDACTED:email]":1,"[REDACTED:email]#2":2,"[REDACTED:email]#3":3}',
  );
});

test("a renamed key gives way to a sibling that keeps its name, however that is spelled", () => {
  assert.equal(edited('{"x":1,"\\u005bR]":2,"[R]#2":3}', "x", "[R]"), '{"[R]#3":1,"\\u005bR]":2,"[R]#2":3}');
});

test("equal keys of different objects do not clash", () => {
  assert.equal(edited('{"x":{"x":1},"y":[{"x":2}]}', "x", "[R]"), '{"[R]":{"[R]":1},"y":[{"[R]":2}]}');
});

test("a name that a renamed key leaves is free", () => {
  const document = json('{"a":1,"b":2}');
  const edits = [...editsOf(document, "a", "b"), ...editsOf(document, "b", "c")];
  assert.equal(utf8.decode(applyEdits(document, edits)), '{"b":1,"c":2}');
});

test("a key changed in part is compared as a whole", () => {
  assert.equal(edited('{"to x!":1,"to [R]!":2}', "x", "[R]"), '{"to [R]!#2":1,"to [R]!":2}');
});

test("twenty thousand keys with one new name stay distinct", () => {
  const members = Array.from({ length: 20_000 }, (_, index) => `"x":${index}`);
  const keys = Object.keys(JSON.parse(edited(`{${members.join(",")}}`, "x", "[R]")));
  assert.equal(keys.length, members.length);
});

test("plain text takes the replacement as it is", () => {
  const document = textDocument(new TextEncoder().encode('say "x" \\ now'));
  const edits = editsOf(document, '"x"', '"\n"');
  assert.equal(utf8.decode(applyEdits(document, edits)), 'say "\n" \\ now');
});

test("edits that overlap or leave their leaf are refused", () => {
  const document = json('["abcd","efgh"]');
  const edit = (leaf: number, start: number, end: number): Edit => ({ leaf, start, end, replacement: "" });
  for (const edits of [
    [edit(0, 2, 5), edit(0, 4, 6)],
    [edit(0, 2, 7)],
    [edit(1, 2, 4)],
    [edit(0, 4, 3)],
    [edit(9, 2, 3)],
    [edit(0, 1, 3)],
  ]) {
    assert.throws(() => applyEdits(document, edits), RangeError);
  }
});

const anyDocument = fc.json({ maxDepth: 4 }).map(json);

/** For some leaves, an edit of the whole leaf. */
const documentWithEdits = fc
  .tuple(anyDocument, fc.infiniteStream(fc.tuple(fc.boolean(), fc.string({ unit: "binary", maxLength: 6 }))))
  .map(([document, choices]) => {
    const edits: Edit[] = [];
    for (let leaf = 0; leaf < document.leaves.count; leaf++) {
      const [chosen, replacement] = choices.next().value as [boolean, string];
      const start = document.leaves.start[leaf]!;
      const end = document.leaves.end[leaf]!;
      if (chosen) edits.push({ leaf, start, end, replacement });
    }
    return { document, edits };
  });

test("the result is JSON whose edited leaves spell their replacement and whose other leaves are byte for byte the same", () => {
  fc.assert(
    fc.property(documentWithEdits, ({ document, edits }) => {
      const result = json(utf8.decode(applyEdits(document, edits)));
      assert.equal(result.leaves.count, document.leaves.count);
      for (let leaf = 0; leaf < document.leaves.count; leaf++) {
        const edit = edits.find((one) => one.leaf === leaf);
        if (edit === undefined) {
          assert.deepEqual(rawLeaf(result, leaf), rawLeaf(document, leaf));
        } else {
          const spelled = leafText(result, leaf);
          const isKey = document.leaves.kind[leaf] === KEY_LEAF;
          assert.equal(isKey ? spelled.slice(0, edit.replacement.length) : spelled, edit.replacement);
          assert.notEqual(result.leaves.kind[leaf], NUMBER_LEAF);
        }
      }
    }),
  );
});

test("nothing between the leaves changes but the quotes of numbers", () => {
  fc.assert(
    fc.property(documentWithEdits, ({ document, edits }) => {
      const result = json(utf8.decode(applyEdits(document, edits)));
      const quoted = new Set(
        edits.map(({ leaf }) => leaf).filter((leaf) => document.leaves.kind[leaf] === NUMBER_LEAF),
      );
      let from = 0;
      let resultFrom = 0;
      for (let leaf = 0; leaf < document.leaves.count; leaf++) {
        const quote = quoted.has(leaf) ? 1 : 0;
        assert.deepEqual(
          result.bytes.slice(resultFrom, result.leaves.start[leaf]! - quote),
          document.bytes.slice(from, document.leaves.start[leaf]!),
        );
        from = document.leaves.end[leaf]!;
        resultFrom = result.leaves.end[leaf]! + quote;
      }
      assert.deepEqual(result.bytes.slice(resultFrom), document.bytes.slice(from));
    }),
  );
});

test("keys that were distinct stay distinct", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom("a", "b", "c", "[R]", "[R]#2", "[R]#3", "d"), { minLength: 1 }),
      fc.infiniteStream(fc.option(fc.constantFrom("[R]", "a", "[R]#2"))),
      (keys, renames) => {
        const document = json(`{${keys.map((key) => `${JSON.stringify(key)}:null`).join(",")}}`);
        const edits = keys.flatMap((_, leaf): Edit[] => {
          const replacement = renames.next().value as string | null;
          if (replacement === null) return [];
          return [{ leaf, start: document.leaves.start[leaf]!, end: document.leaves.end[leaf]!, replacement }];
        });
        const result = JSON.parse(utf8.decode(applyEdits(document, edits)));
        assert.equal(Object.keys(result).length, keys.length);
      },
    ),
  );
});

function rawLeaf({ bytes, leaves }: JsonDocument, leaf: number): Uint8Array {
  return bytes.slice(leaves.start[leaf]!, leaves.end[leaf]!);
}

test("thousands of edits, in one leaf or in as many, are made like one", () => {
  const count = 4_500;
  const values = Array.from({ length: count }, (_, at) => `é${at} x`);
  const replaced = (value: string) => value.replace("x", "[한]");
  const oneLeaf = JSON.stringify(values.join(" "));
  assert.equal(edited(oneLeaf, "x", "[한]"), oneLeaf.replaceAll("x", "[한]"));
  assert.equal(edited(JSON.stringify(values), "x", "[한]"), JSON.stringify(values.map(replaced)));
  const keyed = (name: (value: string) => string) =>
    JSON.stringify(Object.fromEntries(values.map((value) => [name(value), 1])));
  assert.equal(edited(keyed(String), "x", "[한]"), keyed(replaced));
});
