import assert from "node:assert/strict";
import fs, { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { makeFolder } from "./make-folder.ts";

describe("makeFolder", () => {
  it("makes each new name durable in the folder that it stands in, for the owner only", async (test) => {
    const folder = await tempFolder(test);
    const opened = new Map<number, string>();
    const open = fs.openSync;
    test.mock.method(fs, "openSync", (path: string, flags: string) => {
      const fd = open(path, flags);
      opened.set(fd, path);
      return fd;
    });
    const synced: (string | undefined)[] = [];
    test.mock.method(fs, "fsyncSync", (fd: number) => synced.push(opened.get(fd)));
    makeFolder(join(folder, "a/b/c"));
    assert.deepEqual(synced.sort(), [folder, join(folder, "a"), join(folder, "a/b")]);
    for (const name of ["a", "a/b", "a/b/c"]) assert.equal(fs.statSync(join(folder, name)).mode & 0o777, 0o700);
    makeFolder(join(folder, "a/b/c"));
    assert.equal(synced.length, 3);
  });

  it("says what the system says where there is a file, or nothing can be made", async (test) => {
    const folder = await tempFolder(test);
    writeFileSync(join(folder, "file"), "");
    symlinkSync(join(folder, "nowhere"), join(folder, "link"));
    for (const [name, code] of [
      ["file", "EEXIST"],
      ["file/a/b", "ENOTDIR"],
      ["link", "EEXIST"],
    ] as const) {
      assert.throws(() => makeFolder(join(folder, name)), { code }, name);
    }
  });

  it("comes to an end where a folder that is there takes none", { skip: process.platform !== "linux" }, () => {
    assert.throws(() => makeFolder("/proc/haechi/a/b"), { code: "ENOENT" });
  });

  it("takes a folder that another process has made in the meantime", async (test) => {
    const folder = join(await tempFolder(test), "a");
    const make = fs.mkdirSync;
    test.mock.method(fs, "mkdirSync", (path: string) => {
      make(path);
      return make(path);
    });
    makeFolder(folder);
    assert.ok(fs.existsSync(folder));
  });
});
