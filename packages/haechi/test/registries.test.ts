import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ENTITY_TYPES } from "../src/core/detect/entity-type.ts";
import { builtInDetectors } from "../src/core/detect/registry.ts";

const detectorFolder = fileURLToPath(new URL("../src/core/detect/detectors", import.meta.url));
const registry = fileURLToPath(new URL("../src/core/detect/registry.ts", import.meta.url));
const corpusFolder = fileURLToPath(new URL("../../../corpus/detection", import.meta.url));

test("every file under detectors is named by the list of its group, and every list by the registry", async () => {
  for (const file of await filesIn(detectorFolder, "*/*.ts")) {
    const group = file.slice(0, file.indexOf("/"));
    const list = `${group}/${group}-detectors.ts`;
    const [named, by] = file === list ? [`"./detectors/${file}"`, registry] : [`"./${basename(file)}"`, list];
    if (file.endsWith(".test.ts")) continue;
    const text = await readFile(resolve(detectorFolder, by), "utf8");
    assert.ok(text.includes(named), `${file} is not named in ${by}`);
  }
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
