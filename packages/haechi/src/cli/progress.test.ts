import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { test } from "node:test";
import { tempFolder } from "../../test/support/temp-folder.ts";
import { showProgress } from "./progress.ts";

const MB = 1024 * 1024;

function recordedIo(isTTY: boolean) {
  const written: string[] = [];
  const stderr = { write: (text: string) => written.push(text), isTTY };
  return { written, io: { stdin: Readable.from([]), stdout: stderr, stderr, environment: {} } };
}

test("a person sees how far the reading of a large file has come, and an empty line after it", async (context) => {
  const path = join(await tempFolder(context), "large");
  writeFileSync(path, "");
  truncateSync(path, 100 * MB);
  const { written, io } = recordedIo(true);
  const { advance, end } = showProgress(path, io);
  advance(50 * MB);
  advance(1);
  advance(50 * MB);
  end();
  assert.deepEqual(written, ["\r50 % of 100 MB", "\r100 % of 100 MB", "\r\u001b[K"]);
});

test("nobody else does, and no small or missing file is worth it", async (context) => {
  const folder = await tempFolder(context);
  const large = join(folder, "large");
  writeFileSync(large, "");
  truncateSync(large, 100 * MB);
  writeFileSync(join(folder, "small"), "x");
  for (const [path, isTTY] of [
    [large, false],
    [join(folder, "small"), true],
    [join(folder, "missing"), true],
  ] as const) {
    const { written, io } = recordedIo(isTTY);
    const { advance, end } = showProgress(path, io);
    advance(1);
    end();
    assert.deepEqual(written, []);
  }
});
