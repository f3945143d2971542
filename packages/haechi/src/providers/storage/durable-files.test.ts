import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { durableFiles } from "./durable-files.ts";

describe("durableFiles", () => {
  const isLinux = process.platform === "linux";
  it("has Linux make bytes durable in the call that writes them", { skip: !isLinux }, async (test) => {
    const fd = durableFiles.openForAppend(join(await tempFolder(test), "log"));
    // https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html: the flags, in octal.
    const [, flags = ""] = /^flags:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, "utf8")) ?? [];
    assert.equal(Number.parseInt(flags, 8) & fs.constants.O_DSYNC, fs.constants.O_DSYNC);
    fs.closeSync(fd);
  });
});
