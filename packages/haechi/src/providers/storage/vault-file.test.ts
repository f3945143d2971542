import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, it } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import type { TokenRecord } from "../../ports/token-store.ts";
import { createSqliteTokenStore } from "./sqlite-token-store.ts";
import { backUpVault, openVaultFile, restoreVault } from "./vault-file.ts";

const now = "2030-06-01T00:00:00.000Z";

let directory = "";
let path = "";
let backup = "";
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "haechi-vault-"));
  path = join(directory, "vault.sqlite");
  backup = join(directory, "backup.sqlite");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

function record(ct: string, expiresAt = "2031-01-01T00:00:00.000Z"): TokenRecord {
  return {
    type: "email",
    createdAt: "2030-01-01T00:00:00.000Z",
    expiresAt,
    metadata: { path: "key_0123456789ab", ruleId: "email" },
    envelope: { v: 2, alg: "AES-256-GCM", kid: "k", iv: "i", ct, tag: "t" },
    aad: { purpose: "token-vault", token: "x", type: "email" },
  };
}

/** Changes the vault as a gateway does. */
async function write(records: Readonly<Record<string, TokenRecord | null>>, at = path): Promise<void> {
  const store = createSqliteTokenStore({ path: at });
  await store.mutate((view) => {
    for (const [id, entry] of Object.entries(records)) {
      if (entry === null) view.delete(id);
      else view.set(id, entry);
    }
  });
  await store.close();
}

function contents(at = path): Record<string, string | undefined> {
  const file = openVaultFile(at);
  try {
    assert.deepEqual(file.problems, []);
    return Object.fromEntries([...file.entries()].map(([id, entry]) => [id, entry?.envelope.ct]));
  } finally {
    file.close();
  }
}

const withReason = (reason: string) => (error: unknown) =>
  isHaechiError(error, "TOKEN_STORE_UNAVAILABLE") && error.reason === reason;

describe("backUpVault", () => {
  it("copies every token into one file for the owner alone, while the vault is open elsewhere", async () => {
    const store = createSqliteTokenStore({ path });
    await store.mutate((view) => view.set("a", record("one")));
    assert.equal(backUpVault(path, backup), 1);
    await store.mutate((view) => view.set("b", record("two")));
    await store.close();
    assert.deepEqual(contents(backup), { a: "one" });
    assert.deepEqual(contents(), { a: "one", b: "two" });
    assert.equal(fs.statSync(backup).mode & 0o777, 0o600);
    assert.deepEqual(fs.readdirSync(directory).sort(), ["backup.sqlite", "vault.sqlite"]);
  });

  it("holds nothing of what was deleted before", async () => {
    await write({ a: record("deleted-ciphertext"), b: record("kept-ciphertext") });
    await write({ a: null });
    backUpVault(path, backup);
    const bytes = fs.readFileSync(backup);
    assert.equal(bytes.includes("deleted-ciphertext"), false);
    assert.equal(bytes.includes("kept-ciphertext"), true);
  });

  it("never writes over a file, and makes no vault where there is none", async () => {
    assert.throws(() => backUpVault(path, backup), withReason("vault_missing"));
    assert.equal(fs.existsSync(path), false);
    await write({ a: record("one") });
    fs.writeFileSync(backup, "something else");
    assert.throws(() => backUpVault(path, backup), withReason("backup_exists"));
    assert.equal(fs.readFileSync(backup, "utf8"), "something else");
  });

  it("leaves nothing behind when it cannot be written", async () => {
    await write({ a: record("one") });
    const nowhere = join(directory, "missing", "backup.sqlite");
    assert.throws(() => backUpVault(path, nowhere), withReason("vault_unavailable"));
    assert.deepEqual(fs.readdirSync(directory), ["vault.sqlite"]);
  });
});

describe("restoreVault", () => {
  it("brings back what was lost, into a vault that is missing, empty or open elsewhere", async () => {
    await write({ a: record("one"), b: record("two") });
    backUpVault(path, backup);
    for (const file of fs.readdirSync(directory)) if (file.startsWith("vault")) fs.rmSync(join(directory, file));
    assert.equal(restoreVault(path, backup, { others: null, now }), 2);
    assert.deepEqual(contents(), { a: "one", b: "two" });
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
    const store = createSqliteTokenStore({ path });
    await store.mutate((view) => view.delete("a"));
    restoreVault(path, backup, { others: null, now });
    assert.equal(await store.read((view) => view.get("a")?.envelope.ct), "one");
    await store.close();
  });

  it("loses no token that was issued since, unless it is told to", async () => {
    await write({ a: record("one") });
    backUpVault(path, backup);
    await write({ b: record("two") });
    assert.throws(() => restoreVault(path, backup, { others: null, now }), withReason("restore_loses_tokens"));
    assert.deepEqual(contents(), { a: "one", b: "two" });
    restoreVault(path, backup, { others: "keep", now });
    assert.deepEqual(contents(), { a: "one", b: "two" });
    restoreVault(path, backup, { others: "drop", now });
    assert.deepEqual(contents(), { a: "one" });
  });

  it("does not stop for tokens past their retention", async () => {
    await write({ a: record("one") });
    backUpVault(path, backup);
    await write({ b: record("two", "2030-05-01T00:00:00.000Z") });
    restoreVault(path, backup, { others: null, now });
    assert.deepEqual(contents(), { a: "one" });
  });

  it("keeps the vault's own record of a token that both hold", async () => {
    await write({ a: record("one") });
    backUpVault(path, backup);
    await write({ a: record("renewed") });
    restoreVault(path, backup, { others: "keep", now });
    assert.deepEqual(contents(), { a: "renewed" });
  });

  it("changes nothing for a backup that is damaged at any of many places, or is none", async () => {
    await write(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`token-${i}`, record("x".repeat(100))])));
    backUpVault(path, backup);
    const good = fs.readFileSync(backup);
    const before = contents();
    await write({ "token-0": null });
    let refused = 0;
    for (let page = 0; page * 4096 < good.length; page++) {
      const bytes = Buffer.from(good);
      bytes.fill(0xff, page * 4096, page * 4096 + 64);
      fs.writeFileSync(backup, bytes);
      try {
        restoreVault(path, backup, { others: "drop", now });
        await write({ "token-0": null });
      } catch (error) {
        assert.ok(isHaechiError(error, "TOKEN_STORE_UNAVAILABLE"));
        refused++;
      }
      assert.equal(Object.keys(contents()).length, Object.keys(before).length - 1);
    }
    assert.ok(refused > 0);
    for (const text of ["", "no database at all, only words", "{}"]) {
      fs.writeFileSync(backup, text);
      assert.throws(
        () => restoreVault(path, backup, { others: "drop", now }),
        (error) => isHaechiError(error),
      );
    }
    assert.equal(Object.keys(contents()).length, 299);
  });
});

describe("openVaultFile", () => {
  it("tells a record that cannot be read, and goes on", async () => {
    await write({ a: record("one"), b: record("two") });
    const connection = new DatabaseSync(path);
    connection.exec("UPDATE tokens SET envelope = '{' WHERE id = 'a'");
    connection.close();
    const file = openVaultFile(path);
    assert.deepEqual(
      [...file.entries()].map(([id, entry]) => [id, entry === null]),
      [
        ["a", true],
        ["b", false],
      ],
    );
    file.close();
  });

  it("tells a page that is damaged", async () => {
    await write(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`token-${i}`, record("x".repeat(100))])));
    const bytes = fs.readFileSync(path);
    // The last page is a leaf of a tree or an index, not one that holds the schema.
    bytes.fill(0xff, bytes.length - 4096, bytes.length - 4000);
    fs.writeFileSync(path, bytes);
    const file = openVaultFile(path);
    assert.ok(file.problems.length > 0);
    file.close();
  });

  it("sees one moment, whoever writes on", async () => {
    await write({ a: record("one") });
    const file = openVaultFile(path);
    await write({ b: record("two") });
    assert.deepEqual(
      [...file.entries()].map(([id]) => id),
      ["a"],
    );
    file.close();
  });
});
