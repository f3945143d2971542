import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { builtInDetectors } from "../src/core/detect/registry.ts";
import { loadCorpus } from "../src/testing/corpus.ts";
import { scoreDetection } from "../src/testing/score-detection.ts";

const corpus = await loadCorpus(fileURLToPath(new URL("../../../corpus/detection", import.meta.url)));

test("the built-in detectors find everything that the corpus labels, and nothing else", () => {
  assert.deepEqual(scoreDetection(builtInDetectors, corpus).mistakes, []);
});
