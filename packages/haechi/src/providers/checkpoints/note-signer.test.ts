import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { formatNoteKey, parseNote } from "../../core/audit/signed-note.ts";
import type { HaechiError } from "../../core/errors.ts";
import { createNoteKeyFile, isSignedBy, readNoteSigner, readVerifierKey } from "./note-signer.ts";

describe("a file with a checkpoint key", () => {
  it("signs what its public half verifies, and is kept from others", async (t) => {
    const path = await pathFor(t);
    createNoteKeyFile(path, "example.org/log");
    fs.chmodSync(path, 0o644);
    const signer = readNoteSigner(path);
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
    assert.ok(isSignedBy(parseNote(signer.sign("a\n"))!, readVerifierKey(`${path}.pub`)!));
    assert.equal(formatNoteKey(readVerifierKey(formatNoteKey(signer.key))!), formatNoteKey(signer.key));
    assert.equal(readVerifierKey(`${path}.other`), null);
    assert.equal(readVerifierKey(path), null);
  });

  it("is of no use with a name that no checkpoint can have", async (t) => {
    const path = await pathFor(t);
    createNoteKeyFile(path, "example.org/log");
    const content = JSON.parse(fs.readFileSync(path, "utf8"));
    for (const name of ["", "two words", "a+b", "a\nb", "\u2014 a"]) {
      fs.writeFileSync(path, JSON.stringify({ ...content, name }));
      assert.throws(() => readNoteSigner(path), refusal(/name/), JSON.stringify(name));
    }
  });

  it("is not written over", async (t) => {
    const path = await pathFor(t);
    createNoteKeyFile(path, "example.org/log");
    const [key, verifier] = [path, `${path}.pub`].map((file) => fs.readFileSync(file, "utf8"));
    assert.throws(() => createNoteKeyFile(path, "example.org/log"), refusal(/exists already/));
    assert.equal(fs.readFileSync(path, "utf8"), key);
    assert.equal(fs.readFileSync(`${path}.pub`, "utf8"), verifier);
  });

  it("that does not hold an Ed25519 key is refused without a word of what it holds", async (t) => {
    const path = await pathFor(t);
    assert.throws(() => readNoteSigner(path), refusal(/cannot be read/));
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const encoded = rsa.export({ format: "der", type: "pkcs8" }).toString("base64");
    const contents: readonly (readonly [unknown, RegExp])[] = [
      ["sekret", /members/],
      [null, /members/],
      [{ privateKey: "sekret" }, /members/],
      [{ name: 1, privateKey: "sekret" }, /members/],
      [{ name: "sekret" }, /members/],
      [{ name: "sekret", privateKey: 1 }, /members/],
      [{ name: "a", privateKey: "sekret" }, /cannot be used: its key cannot be used/],
      [{ name: "a", privateKey: encoded }, /not of Ed25519/],
    ];
    for (const [content, why] of contents) {
      fs.writeFileSync(path, JSON.stringify(content));
      assert.throws(() => readNoteSigner(path), refusal(why));
    }
    fs.writeFileSync(path, "sekret");
    assert.throws(() => readNoteSigner(path), refusal(/not JSON/));
  });
});

async function pathFor(t: TestContext): Promise<string> {
  return join(await tempFolder(t), "checkpoint.key.json");
}

function refusal(why: RegExp): (error: HaechiError) => true {
  return (error) => {
    assert.equal(error.code, "KEY_FILE_INVALID");
    assert.match(error.message, why);
    assert.doesNotMatch(String(error.stack), /sekret/);
    assert.equal(error.cause, undefined);
    return true;
  };
}
