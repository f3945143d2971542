import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { isSignedBy } from "../../providers/checkpoints/note-signer.ts";
import { decodeBase64, decodeDigest, encodeBase64 } from "./base64.ts";
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { formatNote, formatNoteKey, parseNote, parseNoteKey } from "./signed-note.ts";

// The example of Go's golang.org/x/mod/sumdb/note, from which the format comes.
const KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE =
  "This is an example message.\n\n" +
  "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

describe("signed notes", () => {
  it("read and write those of the reference, and hold its signature", () => {
    const key = parseNoteKey(KEY)!;
    const note = parseNote(NOTE)!;
    assert.equal(formatNoteKey(key), KEY);
    assert.equal(formatNote(note), NOTE);
    assert.deepEqual([note.text, note.signatures[0]?.keyId], ["This is an example message.\n", "530d903a"]);
    assert.ok(isSignedBy(note, key));
  });

  it("hold for no other text, and not for another key", () => {
    const key = parseNoteKey(KEY)!;
    assert.ok(!isSignedBy(parseNote(NOTE.replace("example message", "Example message"))!, key));
    assert.ok(!isSignedBy(parseNote(NOTE)!, { ...key, name: "example.com/bar" }));
    assert.ok(!isSignedBy(parseNote(NOTE)!, { ...key, publicKey: key.publicKey.with(3, 1) }));
  });

  it("are passed over as far as nobody knows who signed, and refused with one signature of ours that fails", () => {
    const key = parseNoteKey(KEY)!;
    const note = parseNote(NOTE)!;
    const [own] = note.signatures;
    const stranger = { keyName: "example.org/w", keyId: "00000001", signature: new Uint8Array(64) };
    assert.ok(isSignedBy({ ...note, signatures: [stranger, own!] }, key));
    assert.ok(!isSignedBy({ ...note, signatures: [stranger] }, key));
    assert.ok(!isSignedBy({ ...note, signatures: [own!, { ...own!, signature: new Uint8Array(64) }] }, key));
  });

  it("are not read from what is none", () => {
    for (const text of [
      "",
      "a\n",
      NOTE.trimEnd(),
      `${"a".repeat(1024 * 1024)}${NOTE}`,
      NOTE + NOTE.slice(NOTE.indexOf("\u2014")).repeat(64),
      NOTE.replace("\u2014", "-"),
      `${NOTE}x`,
      NOTE.replace("is", "i\ts"),
    ]) {
      assert.equal(parseNote(text), null, text);
    }
    for (const text of ["", KEY.replace("530d903a", "530d903b"), `${KEY}=`, KEY.replace("+Ae", "+Be")]) {
      assert.equal(parseNoteKey(text), null, text);
    }
  });
});

describe("checkpoints", () => {
  it("are read as they were written", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.nat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (segment, size, root) => {
          const checkpoint = { log: "example.org/gateway-1", segment, size, root };
          const read = parseCheckpoint(formatCheckpoint(checkpoint));
          assert.deepEqual(read && { ...read, root: [...read.root] }, { ...checkpoint, root: [...root] });
        },
      ),
    );
  });

  it("are not read with another number form, more lines or another length of root", () => {
    const root = encodeBase64(new Uint8Array(32));
    assert.ok(parseCheckpoint(`a/1\n5\n${root}\n`));
    for (const text of [
      `a/1\n05\n${root}\n`,
      `a/01\n5\n${root}\n`,
      `a\n5\n${root}\n`,
      `a/1\n5\n${root}\nx\n`,
      "a/1\n5\nAAAA\n",
    ]) {
      assert.equal(parseCheckpoint(text), null, text);
    }
  });
});

describe("base64", () => {
  it("gives the bytes of a digest, and of no other text", () => {
    const digest = Buffer.alloc(32, 0xfb).toString("base64url");
    assert.deepEqual([...decodeDigest(digest)], Array(32).fill(0xfb));
    for (const text of ["=", digest.replace("-", "!"), digest.replace("-", "\u00e9")]) {
      assert.throws(() => decodeDigest(text), TypeError);
    }
  });

  it("is that of Node, and has one text for the same bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = encodeBase64(bytes);
        assert.equal(text, Buffer.from(bytes).toString("base64"));
        assert.deepEqual([...decodeBase64(text)!], [...bytes]);
      }),
    );
    for (const text of ["A", "AB", "ABC", "AB=C", "AA==AA==", "AB==", "AA!=", "A===", "AAA\u00e9", "AAA\u{1f642}A"]) {
      assert.equal(decodeBase64(text), null, text);
    }
  });
});
