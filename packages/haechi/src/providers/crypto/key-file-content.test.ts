import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { HaechiError } from "../../core/errors.ts";
import { checkContent, describeKeys, type KeyEntry, toKeyRing } from "./key-file-content.ts";

const k = Buffer.alloc(32, 7).toString("base64url");
const entry: KeyEntry = { kid: "local-1893456000000-a1b2c3", kty: "oct", alg: "AES-256-GCM", status: "active", k };
const gone: KeyEntry = { kid: "gone", kty: "oct", alg: "AES-256-GCM", status: "destroyed" };

describe("the content of a key file", () => {
  it("is taken with and without what later forms of it say", () => {
    const { k: _, ...bare } = entry;
    for (const keys of [
      [entry],
      [entry, gone],
      [gone, { ...entry, status: "retired", opensUntil: "2031-01-01T00:00:00.000Z" }],
      [{ ...entry, unknown: true }],
    ]) {
      assert.deepEqual(checkContent({ version: 1, keys }).keys, keys);
    }
    refused({ version: 1, keys: [bare] }, /key 1 is not 32 bytes/);
  });

  it("is refused in any other form, without a word of it", () => {
    for (const content of [null, [], "sekret", { keys: [entry] }, { version: 2, keys: [entry] }]) {
      refused(content, /its version is unknown/);
    }
    refused({ version: 1 }, /holds no keys/);
    refused({ version: 1, keys: { 0: entry } }, /holds no keys/);
    refused({ version: 1, keys: [entry], hmacRoot: `${k}sekret` }, /hmacRoot is not 32 bytes/);
    refused({ version: 1, keys: [entry], hmacRoot: null }, /hmacRoot is not 32 bytes/);
    for (const other of [null, "sekret", {}, { ...entry, kid: "" }, { ...entry, kid: "se kret" }]) {
      refused({ version: 1, keys: [entry, other] }, /key 2 has no usable kid/);
    }
    refused({ version: 1, keys: [entry, { ...gone, k }] }, /key 2 is not 32 bytes/);
    refused({ version: 1, keys: [entry, { ...entry }] }, /two keys share a kid/);
    refused({ version: 1, keys: [gone] }, /all its keys are destroyed/);
  });

  it("is refused with a time that is none, since a key could open for ever", () => {
    for (const name of ["createdAt", "retiredAt", "opensUntil", "destroyedAt"]) {
      for (const time of [null, 0, "", "sekret", `2030-01-01T00:00:00.000Z${" ".repeat(9)}`]) {
        refused({ version: 1, keys: [{ ...entry, [name]: time }] }, new RegExp(`key 1 has no usable ${name}`));
      }
    }
  });

  it("holds a bounded number of keys", () => {
    const keysOf = (count: number) => Array.from({ length: count }, (_, index) => ({ ...gone, kid: `k${index}` }));
    assert.equal(checkContent({ version: 1, keys: [entry, ...keysOf(39_999)] }).keys.length, 40_000);
    refused({ version: 1, keys: [entry, ...keysOf(40_000)] }, /too many keys/);
  });
});

describe("toKeyRing", () => {
  it("has the keys that are there, and no use that was not counted", () => {
    const other = {
      ...entry,
      kid: "other",
      status: "retired",
      opensUntil: "2031-01-01T00:00:00.000Z",
      usage: 3,
    } as const;
    const third = { ...entry, kid: "third", status: "retired", usage: -1 } as const;
    const ring = toKeyRing({
      version: 1,
      keys: [gone, other, entry, third],
      usage: { [entry.kid]: 2, other: 9, gone: "1" },
    });
    assert.deepEqual([...ring.keys.keys()], ["other", entry.kid, "third"]);
    assert.deepEqual(ring.activeKid, entry.kid);
    assert.deepEqual([...ring.opensUntil], [["other", Date.UTC(2031, 0, 1)]]);
    assert.deepEqual(Object.fromEntries(ring.countedUses), { gone: 0, other: 3, [entry.kid]: 2, third: 0 });
    assert.deepEqual([ring.isRootPinned, ring.hmacRoot.equals(Buffer.alloc(32, 7))], [false, true]);
  });
});

describe("describeKeys", () => {
  it("tells the age of a key by what it says, else by its id, else not at all", () => {
    const createdAt = "2029-01-01T00:00:00.000Z";
    const described = describeKeys([
      gone,
      { ...entry, kid: "local-1893456000000", status: "active" },
      entry,
      { ...entry, createdAt, status: "retired" },
    ]);
    assert.deepEqual(
      described.map(({ status, createdAt: at }) => [status, at]),
      [
        ["destroyed", null],
        ["active", null],
        ["retired", "2030-01-01T00:00:00.000Z"],
        ["retired", createdAt],
      ],
    );
  });
});

function refused(content: unknown, why: RegExp): void {
  assert.throws(
    () => checkContent(content),
    (error: HaechiError) => {
      assert.equal(error.code, "KEY_FILE_INVALID");
      assert.match(error.message, why);
      assert.doesNotMatch(error.message, /se ?kret/);
      return true;
    },
  );
}
