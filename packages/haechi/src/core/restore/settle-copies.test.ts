import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compilePlaceRules } from "../document/field-rules.ts";
import { tokenize } from "../document/tokenize.ts";
import { applyEdits } from "../transform/apply-edits.ts";
import { restoreEdits } from "./restore.ts";
import { settleCopies } from "./settle-copies.ts";

const issued = new Map([
  ["tok_a", "Minji Kim"],
  ["tok_b", "김"],
  ["tok_c", "😀😀"],
]);
const copies = compilePlaceRules([
  { path: ["choices", "*", "logprobs"], holds: "copy" },
  { path: ["tokens"], holds: "copy" },
]);

function settled(value: unknown): unknown {
  const document = tokenize(new TextEncoder().encode(JSON.stringify(value)), { depthMax: 256 });
  const edits = restoreEdits(document, issued);
  const after = settleCopies(document, edits, applyEdits(document, edits), copies);
  return JSON.parse(new TextDecoder().decode(after));
}

test("what says a changed text again, token by token, is emptied", () => {
  const logprobs = { content: [{ token: "[TOK", bytes: [91], top_logprobs: [{ token: "]}", bytes: null }] }] };
  const answer = (content: string) => ({ choices: [{ logprobs, message: { content } }], tokens: [1, 2], other: [3] });
  assert.deepEqual(settled(answer("[TOKEN:tok_a]")), {
    choices: [{ logprobs: null, message: { content: "Minji Kim" } }],
    tokens: [],
    other: [3],
  });
  assert.deepEqual(settled(answer("nothing")), answer("nothing"));
});

test("annotations say of a changed text what they said of it, in code points", () => {
  const piece = fc.constantFrom("[TOKEN:tok_a]", "[TOKEN:tok_b]", "[TOKEN:tok_c]", "word ", "é", "😀", '\n"');
  const said = (pieces: readonly string[]) => pieces.map((one) => issued.get(one.slice(7, -1)) ?? one).join("");
  const length = (text: string) => [...text].length;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), fc.array(piece, { minLength: 1 }), fc.array(piece), (a, b, c) => {
      const answer = (before: string, cited: string, after: string) => {
        const range = { start_index: length(before), end_index: length(before + cited) };
        const text = before + cited + after;
        return {
          choices: [
            {
              message: {
                content: text,
                annotations: [{ type: "url_citation", url_citation: { ...range } }],
                role: "x",
              },
            },
          ],
          // No other string of an object is the text of its annotations, wherever it stands.
          output: [{ content: [{ type: "[TOKEN:tok_x]", annotations: [{ ...range }], text, refusal: "" }] }],
          start_index: range.start_index,
        };
      };
      const got = settled(answer(a.join(""), b.join(""), c.join("")));
      const expected = answer(said(a), said(b), said(c));
      assert.deepEqual(got, { ...expected, start_index: length(a.join("")) });
    }),
  );
});

test("an annotation of a part of what was replaced covers all of it", () => {
  const { annotations } = settled({
    text: "x [TOKEN:tok_a] y",
    annotations: [
      { start_index: 5, end_index: 8 },
      { start_index: 0, end_index: 1 },
    ],
  }) as { annotations: unknown };
  assert.deepEqual(annotations, [
    { start_index: 2, end_index: 11 },
    { start_index: 0, end_index: 1 },
  ]);
});
