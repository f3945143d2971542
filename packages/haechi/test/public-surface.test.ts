import assert from "node:assert/strict";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import manifest from "../package.json" with { type: "json" };
import pinned from "./public-surface.json" with { type: "json" };

const packageFolder = join(import.meta.dirname, "..");

for (const [subpath, names] of Object.entries(pinned)) {
  // Users build on these names: adding one is free, and taking one away is a new major version.
  test(`${subpath} still exports what it did`, async () => {
    const targets: unknown = Reflect.get(manifest.exports, subpath);
    assert.ok(typeof targets === "object" && targets !== null, `${subpath} is gone`);
    const module: object = await import(join(packageFolder, Reflect.get(targets, "haechi-src")));
    assert.deepEqual(
      names.filter((name) => !(name in module)),
      [],
    );
  });
}

test("every subpath is pinned", () => {
  const subpaths = Object.keys(manifest.exports).filter((subpath) => subpath !== "./package.json");
  assert.deepEqual(Object.keys(pinned).sort(), subpaths.sort());
});

test("every file of the public surface has a subpath", async () => {
  const files = await Array.fromAsync(glob("src/public/*.ts", { cwd: packageFolder }));
  const sources = Object.values(manifest.exports).flatMap((targets) =>
    typeof targets === "string" ? [] : [targets["haechi-src"]],
  );
  assert.deepEqual(files.map((file) => `./${file}`).sort(), sources.sort());
});
