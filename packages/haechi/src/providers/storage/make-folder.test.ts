import assert from "node:assert/strict";
import fs from "node:fs";
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
});
