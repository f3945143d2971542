import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ENTITY_TYPES } from "../src/core/detect/entity-type.ts";
import { builtInDetectors } from "../src/core/detect/registry.ts";

const detectorFolder = fileURLToPath(new URL("../src/core/detect/detectors", import.meta.url));
const registry = fileURLToPath(new URL("../src/core/detect/registry.ts", import.meta.url));
const corpusFolder = fileURLToPath(new URL("../../../corpus/detection", import.meta.url));

test("every file under detectors is registered and has a test", async () => {
  const files = await filesIn(detectorFolder, "*/*.ts");
  const registered = await readFile(registry, "utf8");
  const detectors = files.filter((file) => !file.endsWith(".test.ts"));
  for (const file of detectors) {
    assert.ok(registered.includes(`"./detectors/${file}"`), `${file} is not in the registry`);
    assert.ok(files.includes(file.replace(/\.ts$/, ".test.ts")), `${file} has no test`);
  }
  assert.equal(builtInDetectors.length, detectors.length);
});

test("no two detectors have one id", () => {
  assert.equal(new Set(builtInDetectors.map(({ id }) => id)).size, builtInDetectors.length);
});

test("every entity type has a detector and a file of the corpus, and every file a type", async () => {
  const files = (await filesIn(corpusFolder, "*.jsonl")).map((file) => basename(file, ".jsonl"));
  assert.deepEqual(files.toSorted(), ENTITY_TYPES.toSorted());
  assert.deepEqual([...new Set(builtInDetectors.map(({ entityType }) => entityType))].sort(), ENTITY_TYPES.toSorted());
});

async function filesIn(folder: string, pattern: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: folder })) files.push(join(file).replaceAll("\\", "/"));
  return files;
}
