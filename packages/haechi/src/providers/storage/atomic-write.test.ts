import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { atomicWrite } from "./atomic-write.ts";

let directory = "";
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "haechi-write-"));
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

describe("atomicWrite", () => {
  it("replaces the whole content, for the owner only, and leaves nothing beside it", () => {
    const path = join(directory, "new", "file.json");
    atomicWrite(path, "a longer first text");
    atomicWrite(path, "second");
    assert.equal(fs.readFileSync(path, "utf8"), "second");
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
    assert.equal(fs.statSync(join(directory, "new")).mode & 0o777, 0o700);
    assert.deepEqual(fs.readdirSync(join(directory, "new")), ["file.json"]);
  });

  it("keeps the old content when it cannot write the new", () => {
    const path = join(directory, "file.json");
    atomicWrite(path, "old");
    // A folder where the temporary file should be stands for any failure before the rename.
    fs.mkdirSync(`${path}.tmp`);
    assert.throws(() => atomicWrite(path, "new"));
    assert.equal(fs.readFileSync(path, "utf8"), "old");
  });

  it("takes over what a crash left, and follows no link that was put there", () => {
    const path = join(directory, "file.json");
    fs.writeFileSync(join(directory, "elsewhere"), "untouched");
    fs.symlinkSync(join(directory, "elsewhere"), `${path}.tmp`);
    atomicWrite(path, "new");
    assert.equal(fs.readFileSync(path, "utf8"), "new");
    assert.equal(fs.readFileSync(join(directory, "elsewhere"), "utf8"), "untouched");
  });

  it("has the content on the disk before it takes the place of the old, and the place after that", (t) => {
    const path = join(directory, "file.json");
    const order: string[] = [];
    const { fsyncSync, renameSync } = fs;
    t.mock.method(fs, "fsyncSync", (fd: number) => {
      const stat = fs.fstatSync(fd);
      order.push(stat.isDirectory() ? "flush folder" : `flush ${stat.size}`);
      fsyncSync(fd);
    });
    t.mock.method(fs, "renameSync", (from: string, to: string) => {
      order.push("rename");
      renameSync(from, to);
    });
    atomicWrite(path, "new");
    assert.deepEqual(order, ["flush 3", "rename", "flush folder"]);
  });

  it("leaves nothing where the content cannot be written", (t) => {
    const path = join(directory, "file.json");
    t.mock.method(fs, "writeFileSync", () => {
      throw new Error("ENOSPC");
    });
    assert.throws(() => atomicWrite(path, "new"), /ENOSPC/);
    assert.deepEqual(fs.readdirSync(directory), []);
  });
});
