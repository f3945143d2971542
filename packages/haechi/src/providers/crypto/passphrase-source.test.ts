import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { isHaechiError } from "../../core/errors.ts";
import { passphraseSource, readPassphraseFile } from "./passphrase-source.ts";

describe("passphraseSource", () => {
  it("takes the variable before the file, and null when there is neither", async (test) => {
    const file = join(await tempFolder(test), "passphrase");
    fs.writeFileSync(file, "from the file");
    const environment = { HAECHI_KEY_PASSPHRASE: "from the variable" };
    assert.equal(passphraseSource({ environment, file })(), "from the variable");
    assert.equal(passphraseSource({ environment: { HAECHI_KEY_PASSPHRASE: "" }, file })(), "from the file");
    assert.equal(passphraseSource({ environment: {}, file: null })(), null);
  });

  it("reads the file when it is asked, and not before", async (test) => {
    const file = join(await tempFolder(test), "passphrase");
    const source = passphraseSource({ environment: {}, file });
    assert.throws(source, (error) => isHaechiError(error, "KEY_UNAVAILABLE") && !error.message.includes(file));
    fs.writeFileSync(file, "later");
    assert.equal(source(), "later");
  });
});

describe("readPassphraseFile", () => {
  it("leaves away one line end and nothing else", async (test) => {
    const file = join(await tempFolder(test), "passphrase");
    for (const [text, passphrase] of [
      ["a b\n", "a b"],
      ["a b\r\n", "a b"],
      [" a b \n\n", " a b \n"],
    ] as const) {
      fs.writeFileSync(file, text);
      assert.equal(readPassphraseFile(file), passphrase);
    }
  });

  it("refuses what is empty, not UTF-8 or too large", async (test) => {
    const file = join(await tempFolder(test), "passphrase");
    for (const bytes of [Buffer.from("\n"), Buffer.from([0xff, 0xfe]), Buffer.alloc(5000, 97)]) {
      fs.writeFileSync(file, bytes);
      assert.throws(
        () => readPassphraseFile(file),
        (error) => isHaechiError(error, "KEY_UNAVAILABLE"),
      );
    }
  });
});
