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

test("presets stop what their names promise", () => {
  const blocked = (name: string) =>
    Object.entries(PRESETS.get(name)!.actions)
      .filter(([, action]) => action === "block")
      .map(([type]) => type)
      .sort();
  assert.deepEqual(blocked("korean-pii"), ["kr_rrn"]);
  assert.deepEqual(blocked("secrets-only"), ["api_key", "secret"]);
  assert.deepEqual(blocked("mcp-basic"), ["api_key", "kr_rrn", "secret"]);
  assert.deepEqual(blocked("local-inference"), ["api_key", "kr_rrn", "secret"]);
  assert.deepEqual(blocked("llm-redact"), []);
  assert.equal(PRESETS.get("strict-block")?.defaultAction, "block");
  assert.equal(PRESETS.get("local-inference")?.actions.email, "tokenize");
});
