import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ENTITY_TYPES } from "../src/core/detect/entity-type.ts";
import { builtInDetectors } from "../src/core/detect/registry.ts";

const detectorFolder = fileURLToPath(new URL("../src/core/detect/detectors", import.meta.url));
const registry = fileURLToPath(new URL("../src/core/detect/registry.ts", import.meta.url));
const corpusFolder = fileURLToPath(new URL("../../../corpus/detection", import.meta.url));

test("every file under detectors is reached from the registry", async () => {
  const reached = new Set<string>();
  const follow = async (file: string): Promise<void> => {
    if (reached.has(file)) return;
    reached.add(file);
    const text = await readFile(file, "utf8");
    for (const [, imported] of text.matchAll(/from "(\.{1,2}\/[^"]+)"/g))
      await follow(resolve(dirname(file), imported!));
  };
  await follow(registry);
  for (const file of await filesIn(detectorFolder, "**/*.ts"))
    if (!file.endsWith(".test.ts")) assert.ok(reached.has(resolve(detectorFolder, file)), `nothing leads to ${file}`);
});

test("no two detectors have one id", () => {
  assert.equal(new Set(builtInDetectors.map(({ id }) => id)).size, builtInDetectors.length);
});

test("every entity type has a detector and a file of the corpus, and neither is for another type", async () => {
  const types = [...ENTITY_TYPES].sort();
  const files = (await filesIn(corpusFolder, "*.jsonl")).map((file) => basename(file, ".jsonl"));
  assert.deepEqual(files.sort(), types);
  assert.deepEqual([...new Set(builtInDetectors.map(({ entityType }) => entityType))].sort(), types);
});

async function filesIn(folder: string, pattern: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: folder })) files.push(join(file).replaceAll("\\", "/"));
  return files;
}
