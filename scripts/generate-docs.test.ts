import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

test("what is generated from the sources says what the sources say", () => {
  const { stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "generate-docs.ts"), "--check"], {
    encoding: "utf8",
  });
  assert.equal(stderr, "");
});
