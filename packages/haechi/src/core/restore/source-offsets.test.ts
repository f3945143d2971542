import assert from "node:assert/strict";
import { test } from "node:test";
import { textDocument } from "../document/text-document.ts";
import { tokenize } from "../document/tokenize.ts";
import { sourceOffsets } from "./source-offsets.ts";

const utf8 = new TextEncoder();

test("each UTF-16 unit of a string has the byte where it is written", () => {
  // a, an escaped quote, two bytes, three bytes, four bytes, an escaped pair.
  const document = tokenize(utf8.encode('["a\\"é가😀\\ud83d\\ude00z"]'), { depthMax: 1 });
  assert.deepEqual([...sourceOffsets(document, 0)], [2, 3, 5, 7, 10, 10, 14, 20, 26, 27]);
});

test("a backslash in plain text is one byte", () => {
  assert.deepEqual([...sourceOffsets(textDocument(utf8.encode("\\u00")), 0)], [0, 1, 2, 3, 4]);
});
