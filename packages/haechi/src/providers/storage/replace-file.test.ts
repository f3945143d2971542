import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, it } from "node:test";
import { replaceFile } from "./replace-file.ts";

describe("replaceFile", () => {
  it("puts the new text in place of the old, for its owner only, and leaves nothing else", (t) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "replace-"));
    t.after(() => fs.rmSync(folder, { recursive: true }));
    const file = path.join(folder, "a.json");
    fs.writeFileSync(file, "old", { mode: 0o644 });
    replaceFile(file, "new");
    assert.equal(fs.readFileSync(file, "utf8"), "new");
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(fs.readdirSync(folder), ["a.json"]);
  });

  it("leaves the old text and no draft when it cannot be done", (t) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "replace-"));
    t.after(() => fs.rmSync(folder, { recursive: true }));
    // A folder cannot be replaced by a file.
    const target = path.join(folder, "a");
    fs.mkdirSync(target);
    assert.throws(() => replaceFile(target, "new"));
    assert.deepEqual(fs.readdirSync(folder), ["a"]);
  });
});
