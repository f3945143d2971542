import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import { systemRandom } from "../system/system-random.ts";
import type { KeyFileContent } from "./key-file-content.ts";
import {
  checkWrapped,
  createWrappingKeys,
  newWrapParameters,
  unwrapContent,
  type WrapParameters,
  wrapContent,
} from "./key-wrapping.ts";

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64url");
const content: KeyFileContent = {
  version: 1,
  createdAt: "2030-01-01T00:00:00.000Z",
  hmacRoot: key(1),
  keys: [
    { kid: "b", kty: "oct", alg: "AES-256-GCM", status: "active", k: key(2) },
    { kid: "a", kty: "oct", alg: "AES-256-GCM", status: "retired", k: key(3), opensUntil: "2031-01-01T00:00:00.000Z" },
  ],
};
// What tests derive need not be slow.
const quick: WrapParameters = { ...newWrapParameters(systemRandom), memoryKiB: 64, passes: 1, parallelism: 1 };
const keysOf = (passphrase: string | null) => createWrappingKeys(() => passphrase);
const wrapped = () => wrapContent(content, quick, keysOf("correct horse battery"), systemRandom);

describe("wrapContent", () => {
  it("is undone by unwrapContent, with every member", () => {
    assert.deepEqual(unwrapContent(wrapped(), keysOf("correct horse battery")), content);
  });

  it("keeps apart the keys of a file that has no root of its own, and of one whose keys are gone", () => {
    const { hmacRoot: _, ...rootless } = content;
    const gone = { kid: "c", kty: "oct", alg: "AES-256-GCM", status: "destroyed" } as const;
    const file = wrapContent(
      { ...rootless, keys: [...content.keys, gone] },
      quick,
      keysOf("correct horse battery"),
      systemRandom,
    );
    const opened = unwrapContent(file, keysOf("correct horse battery"));
    assert.deepEqual(opened, { ...rootless, keys: [...content.keys, gone] });
    assert.ok(!("hmacRoot" in opened));
  });

  it("leaves no byte of a key readable, and everything else", () => {
    const text = JSON.stringify(wrapped());
    for (const secret of [1, 2, 3].map(key)) assert.ok(!text.includes(secret));
    const { keys } = JSON.parse(text);
    assert.deepEqual(
      keys.map(({ kid, status }: { kid: string; status: string }) => [kid, status]),
      [
        ["b", "active"],
        ["a", "retired"],
      ],
    );
  });

  it("never gives the same ciphertext twice", () => {
    assert.notEqual(wrapped().sealed.ct, wrapped().sealed.ct);
  });
});

describe("unwrapContent", () => {
  const locked = (error: unknown) => isHaechiError(error) && error.reason === "key_file_locked";

  it("refuses another pass phrase, and says nothing of it", () => {
    assert.throws(
      () => unwrapContent(wrapped(), keysOf("incorrect horse battery")),
      (error) => locked(error) && !String(error).includes("horse"),
    );
  });

  it("refuses a file of which anything was changed", () => {
    const file = wrapped();
    const [first, second] = file.keys;
    const changed = [
      { ...file, keys: [second!, first!] },
      { ...file, keys: [{ ...first!, status: "retired" as const }, second!] },
      { ...file, keys: [first!, { ...second!, opensUntil: "2041-01-01T00:00:00.000Z" }] },
      { ...file, sealed: { ...file.sealed, tag: `${"A".repeat(21)}A` } },
      { ...file, usage: { b: 1 } },
    ];
    for (const other of changed) assert.throws(() => unwrapContent(other, keysOf("correct horse battery")), locked);
  });

  it("takes one pass phrase for another way of writing it", () => {
    const file = wrapContent(content, quick, keysOf("cafe\u0301 creme bru\u0302le\u0301e"), systemRandom);
    assert.deepEqual(unwrapContent(file, keysOf("café creme brûlée")), content);
  });

  it("names the ways to give a pass phrase when there is none", () => {
    assert.throws(
      () => unwrapContent(wrapped(), keysOf(null)),
      (error) => isHaechiError(error, "KEY_UNAVAILABLE") && /HAECHI_KEY_PASSPHRASE.*passphraseFile/.test(error.message),
    );
  });
});

describe("checkWrapped", () => {
  it("refuses parameters that would cost this machine too much before anybody has shown a pass phrase", () => {
    const file = wrapped();
    const refused = [
      { memoryKiB: 2 ** 30 },
      { memoryKiB: 4 },
      { passes: 1000 },
      // Each is within its own range, and both together take a minute.
      { passes: 32, memoryKiB: 1024 * 1024 },
      { passes: 0 },
      { parallelism: 1024 },
      { salt: "AAAA" },
      { kdf: "scrypt" },
    ];
    for (const other of refused) {
      const changed = { ...file, wrap: { ...file.wrap, ...other } };
      assert.throws(
        () => checkWrapped(changed),
        (error) => isHaechiError(error, "KEY_FILE_INVALID"),
      );
    }
    assert.equal(checkWrapped({ ...file }).version, 2);
  });

  it("refuses what cannot have been sealed", () => {
    const file = wrapped();
    const { iv, ct, tag } = file.sealed;
    const malformed = [
      null,
      { ct, tag },
      { iv: iv.slice(1), ct, tag },
      { iv, ct, tag: `${"A".repeat(21)}B` },
      { iv, ct, tag: 1 },
      { iv, ct: "", tag },
      { iv, ct: `${ct}=`, tag },
      { iv, tag },
    ];
    for (const sealed of malformed) {
      assert.throws(
        () => checkWrapped({ ...file, sealed }),
        (error) => isHaechiError(error, "KEY_FILE_INVALID"),
      );
    }
    for (const other of [{ wrap: null }, { keys: [] }, { keys: undefined }]) {
      assert.throws(
        () => checkWrapped({ ...file, ...other }),
        (error) => isHaechiError(error, "KEY_FILE_INVALID"),
      );
    }
  });
});

describe("newWrapParameters", () => {
  it("asks for what RFC 9106 recommends, and for another salt each time", () => {
    const { memoryKiB, passes, parallelism, salt } = newWrapParameters(systemRandom);
    assert.deepEqual([memoryKiB, passes, parallelism], [65_536, 3, 4]);
    assert.notEqual(salt, newWrapParameters(systemRandom).salt);
  });
});

describe("createWrappingKeys", () => {
  it("asks for the pass phrase only when a key is needed, and once for the same parameters", () => {
    let asked = 0;
    const keys = createWrappingKeys(() => {
      asked++;
      return "correct horse battery";
    });
    assert.equal(asked, 0);
    assert.ok(keys(quick).equals(keys({ ...quick })));
    assert.equal(asked, 1);
    assert.ok(!keys({ ...quick, passes: 2 }).equals(keysOf("correct horse battery")(quick)));
    assert.equal(asked, 2);
  });
});
