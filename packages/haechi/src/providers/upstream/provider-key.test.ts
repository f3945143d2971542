import assert from "node:assert/strict";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import { keyOfEnvironment, keyOfFile } from "./provider-key.ts";

describe("a provider key", () => {
  it("is the value of a variable", () => {
    assert.equal(keyOfEnvironment({ THE_KEY: "sk-one" }, "THE_KEY")(), "sk-one");
  });

  it("is the content of a file without its line end, and a new content from the next use on", async (test) => {
    const file = await fileOf(test, "sk-one\n");
    const key = keyOfFile(file);
    assert.equal(key(), "sk-one");
    await fs.writeFile(`${file}.new`, "sk-two\r\n");
    await fs.rename(`${file}.new`, file);
    assert.equal(key(), "sk-two");
  });

  it("is not used any more once its file is gone or holds something else", async (test) => {
    const file = await fileOf(test, "sk-one");
    const key = keyOfFile(file);
    assert.equal(key(), "sk-one");
    await fs.rm(file);
    refused(key);
    await fs.writeFile(file, "sk-two three");
    refused(key);
    await fs.writeFile(file, "sk-three");
    assert.equal(key(), "sk-three");
  });

  it("is one word that can stand in a header, and is never named when it is not", async (test) => {
    for (const text of [
      "",
      " ",
      "secret key",
      "secret\r\nx-other: 1",
      "secret\n\n",
      "s\u00e9cret",
      "secret\0",
      "x".repeat(8193),
    ]) {
      refused(() => keyOfEnvironment({ THE_KEY: text }, "THE_KEY"));
      const file = await fileOf(test, text);
      refused(() => keyOfFile(file));
    }
    refused(() => keyOfEnvironment({}, "THE_KEY"));
    refused(() => keyOfFile(path.join(os.tmpdir(), "there-is-no-such-file")));
  });
});

async function fileOf(test: Pick<TestContext, "after">, text: string): Promise<string> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "provider-key-"));
  test.after(() => fs.rm(folder, { recursive: true }));
  const file = path.join(folder, "key");
  await fs.writeFile(file, text);
  return file;
}

function refused(work: () => unknown): void {
  assert.throws(work, (error) => isHaechiError(error, "KEY_UNAVAILABLE") && !/secret|sk-|s\u00e9/.test(error.message));
}
