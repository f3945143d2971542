import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { replaceFile } from "./replace-file.ts";

describe("replaceFile", () => {
  it("keeps who may read the file, and a link that leads to it", async (t) => {
    const folder = await tempFolder(t);
    const [target, link] = [join(folder, "target.json"), join(folder, "link.json")];
    fs.writeFileSync(target, "before");
    fs.chmodSync(target, 0o666);
    fs.symlinkSync(target, link);
    fs.writeFileSync(`${target}.haechi-new`, "left by a crash");
    replaceFile(link, "before", "after");
    assert.equal(fs.readFileSync(target, "utf8"), "after");
    assert.equal(fs.statSync(target).mode & 0o777, 0o666);
    assert.ok(fs.lstatSync(link).isSymbolicLink());
    assert.deepEqual(fs.readdirSync(folder).sort(), ["link.json", "target.json"]);
  });

  it("writes nothing over what changed in the meantime, and leaves nothing beside it", async (t) => {
    const folder = await tempFolder(t);
    const path = join(folder, "file.json");
    fs.writeFileSync(path, "changed");
    assert.throws(() => replaceFile(path, "before", "after"), { code: "CONFIG_INVALID" });
    assert.equal(fs.readFileSync(path, "utf8"), "changed");
    assert.deepEqual(fs.readdirSync(folder), ["file.json"]);
  });

  it("has the new content on the disk before it takes the place of the old", async (t) => {
    const path = join(await tempFolder(t), "file.json");
    fs.writeFileSync(path, "before");
    const order: string[] = [];
    const [fsync, rename] = [fs.fsyncSync, fs.renameSync];
    t.mock.method(fs, "fsyncSync", (fd: number) => {
      order.push(`flush ${fs.fstatSync(fd).size}`);
      fsync(fd);
    });
    t.mock.method(fs, "renameSync", (from: string, to: string) => {
      order.push("rename");
      rename(from, to);
    });
    replaceFile(path, "before", "after");
    assert.deepEqual(order.slice(0, 2), ["flush 5", "rename"]);
  });
});
