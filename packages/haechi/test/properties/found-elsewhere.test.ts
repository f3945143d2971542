import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseConfig } from "../../src/config/parse.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import { withoutLeaves } from "../../src/core/document/field-rules.ts";
import { type JsonDocument, STRING_LEAF } from "../../src/core/document/json-document.ts";
import { textDocument } from "../../src/core/document/text-document.ts";
import { tokenize } from "../../src/core/document/tokenize.ts";
import { findIn } from "../../src/core/inspect.ts";
import { detectionRules } from "../../src/runtime/detection-rules.ts";
import { documentFinder } from "../../src/runtime/document-finder.ts";
import { loadCorpus } from "../../src/testing/corpus.ts";

const corpus = join(import.meta.dirname, "../../../../corpus/detection");
const texts = (await loadCorpus(corpus)).map(({ text }) => text);

const CONFIGURATIONS: Readonly<Record<string, ConfigInput["filters"]>> = {
  "of the defaults": {},
  "that decodes": { decodeAndRescan: true },
  "of an operator's own": {
    injectionDirections: ["request"],
    customRules: [
      { id: "ticket", type: "ticket", pattern: "TCK-\\d{6}", keywords: ["tck"] },
      { id: "word", type: "long_word", pattern: "[a-z]{12,}", flags: "i" },
      { id: "unit", type: "unit", pattern: "\\bunit \\d{1,4}\\b", context: { requires: ["plant"] } },
    ],
  },
};

const leaf = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ unit: fc.constantFrom("a", "@", "1", "-", " ", "é", "한", "\u200b", '"', "\\", "TCK-123456 ") }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
);
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc.array(tie("node"), { maxLength: 6 }),
    fc.dictionary(fc.constantFrom("content", "text", "password", "phone", "a"), tie("node"), { maxKeys: 4 }),
  ),
})).node;
const kind = fc.constantFrom("json", "json without every other string", "text");

function documentOf(bytes: Uint8Array, as: string): JsonDocument {
  if (as === "text") return textDocument(bytes);
  const document = tokenize(bytes, { depthMax: 64 });
  if (as === "json") return document;
  const strings = [...document.leaves.kind.keys()].filter((leaf) => document.leaves.kind[leaf] === STRING_LEAF);
  return withoutLeaves(
    document,
    strings.filter((_, index) => index % 2 === 0),
  );
}

const direction = fc.constantFrom("request" as const, "response" as const);

describe("a worker", () => {
  for (const [name, filters] of Object.entries(CONFIGURATIONS)) {
    it(`finds with rules ${name} what this thread finds, in the same order`, async (test) => {
      const config = parseConfig({ filters });
      const rules = detectionRules(config);
      const finder = documentFinder(config);
      test.after(() => finder.close());
      await fc.assert(
        fc.asyncProperty(tree, direction, fc.boolean(), kind, async (value, to, scanNumbers, as) => {
          const bytes = Buffer.from(JSON.stringify(value));
          const document = documentOf(bytes, as);
          const options = { direction: to, scanNumbers };
          assert.deepEqual(await finder.find(document, options), findIn(document, rules, options));
          // What was handed over is still here, to be edited and sent.
          assert.equal(document.bytes.length, bytes.length);
        }),
      );
    });
  }
});
