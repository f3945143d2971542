import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { builtInDetectors } from "../core/detect/registry.ts";
import { prepareTables } from "../core/detect/rules/compile.ts";
import { writeTables } from "../core/detect/rules/prepared-tables.ts";
import { tablesIn } from "./built-in-tables.ts";

const folder = await mkdtemp(join(tmpdir(), "haechi-tables-"));
after(() => rm(folder, { recursive: true, force: true }));
const tables = prepareTables(builtInDetectors);
const bytes = writeTables(tables);
const sha256 = hash("sha256", bytes, "hex");

describe("the tables that come with the package", () => {
  it("are those in the file", async () => {
    assert.deepEqual(tablesIn(await fileOf(bytes)), tables);
  });

  it("are none when the file is not there, is cut, or is another", async () => {
    assert.equal(tablesIn({ url: pathToFileURL(join(folder, "missing.bin")), sha256 }), null);
    assert.equal(tablesIn(await fileOf(bytes.subarray(0, 4096))), null);
    assert.equal(tablesIn(await fileOf(writeTables(prepareTables(builtInDetectors.slice(1))))), null);
  });
});

async function fileOf(content: Uint8Array) {
  const path = join(folder, "tables.bin");
  await writeFile(path, content);
  return { url: pathToFileURL(path), sha256 };
}
