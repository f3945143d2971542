import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { builtInDetectors } from "../src/core/detect/registry.ts";
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
