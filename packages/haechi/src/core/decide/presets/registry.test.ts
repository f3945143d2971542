import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { PRESETS } from "./registry.ts";

test("every preset file is registered", () => {
  const files = readdirSync(import.meta.dirname)
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((name) => !["preset", "registry", "registry.test"].includes(name));
  assert.deepEqual([...PRESETS.keys()].sort(), files.sort());
});

test("no preset says anything about injection, which only an operator may turn on", () => {
  for (const preset of PRESETS.values()) assert.equal(preset.actions.injection, undefined);
});
