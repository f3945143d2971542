import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { writtenCases } from "../bench/detection/all-cases.ts";
import { scoreCarriers } from "../bench/detection/carriers.ts";
import { builtInDetectors } from "../src/core/detect/registry.ts";
import { compileDetectors } from "../src/core/detect/rules/compile.ts";
import { loadCorpus } from "../src/testing/corpus.ts";
import { scoreDetection } from "../src/testing/score-detection.ts";

const corpus = await loadCorpus(fileURLToPath(new URL("../../../corpus/detection", import.meta.url)));

test("the built-in detectors find everything that the corpus labels, and nothing else", () => {
  const known = corpus.filter(({ gap }) => gap === null);
  assert.deepEqual(scoreDetection(builtInDetectors, known).mistakes, []);
});

test("a case with a known gap is still one", () => {
  for (const labelled of corpus.filter(({ gap }) => gap !== null))
    assert.notDeepEqual(scoreDetection(builtInDetectors, [labelled]).mistakes, [], labelled.text);
});

test("what is found in a text is found where a body or a stream carries it", async () => {
  for (const { carrier, lost } of scoreCarriers(await writtenCases(), compileDetectors(builtInDetectors))) {
    // A string of JSON has other neighbours than the text alone, and some rules ask for them.
    const known = carrier === "tool arguments" || carrier === "JSON in a result" ? 20 : 0;
    assert.ok(lost.length <= known, `${carrier}: ${lost.map(({ text }) => text).join("\n")}`);
  }
});
