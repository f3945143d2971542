import assert from "node:assert/strict";
import { createCipheriv, hash, randomBytes } from "node:crypto";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { canonicalJson } from "../../core/crypto/canonical-json.ts";
import { createLocalCryptoProvider } from "../../providers/crypto/local-crypto-provider.ts";
import { readJsonVault } from "../../providers/storage/json-vault-file.ts";
import { createMemoryTokenStore } from "../../providers/storage/memory-token-store.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { importRecords } from "./vault-import.ts";
import { openRecord } from "./vault-record.ts";

const KEY = Buffer.alloc(32, 7);
const KID = "local-1767225600000-a1b2c3";
const clock = { now: () => Date.UTC(2030, 0, 1) };
const ID = "tok_email_0123456789abcdef";

/** A record as the published system writes it: sealed under the key itself, the request's context in the associated data. */
function published(id: string, value: string, changes: object = {}) {
  const aad = {
    purpose: "token-vault",
    token: id,
    type: "email",
    context: { correlationId: "c", identity: { id: "kim" } },
  };
  const text = canonicalJson(aad);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", KEY, iv);
  cipher.setAAD(Buffer.from(text));
  const ct = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  return {
    type: "email",
    createdAt: "2029-12-20T00:00:00.000Z",
    expiresAt: "2030-01-20T00:00:00.000Z",
    metadata: { path: "$.messages[0].kim@example.org", ruleId: "email" },
    envelope: {
      v: 1,
      alg: "AES-256-GCM",
      kid: KID,
      iv: iv.toString("base64url"),
      ct: ct.toString("base64url"),
      tag: cipher.getAuthTag().toString("base64url"),
      aadHash: hash("sha256", text, "base64url"),
    },
    aad,
    ...changes,
  };
}

async function openPorts(test: TestContext) {
  const keyFile = join(await tempFolder(test), "keys.json");
  const key = { kid: KID, kty: "oct", alg: "AES-256-GCM", status: "active", k: KEY.toString("base64url") };
  fs.writeFileSync(keyFile, JSON.stringify({ version: 1, createdAt: "2029-01-01T00:00:00.000Z", keys: [key] }));
  const crypto = createLocalCryptoProvider({ keyFile, clock, random: systemRandom });
  return { crypto, clock, store: createMemoryTokenStore() };
}

describe("importRecords", () => {
  it("takes over what the keys open, sealed anew without the request that it came from", async (test) => {
    const ports = await openPorts(test);
    const outcome = await importRecords([[ID, published(ID, "kim@example.org")]], ports);
    assert.deepEqual(outcome, { imported: 1, known: 0, expired: 0, rejected: 0 });
    const record = (await ports.store.read((view) => view.get(ID)))!;
    assert.equal(await openRecord(ports.crypto, ID, record), "kim@example.org");
    assert.deepEqual(record.aad, { purpose: "token-vault", token: ID, type: "email" });
    assert.equal(record.envelope.v, 2);
    assert.equal(record.envelope.expiresAt, "2030-01-20T00:00:00.000Z");
    assert.deepEqual(record.metadata, { path: "", ruleId: "email" });
    assert.ok(!JSON.stringify(record).includes("kim"));
  });

  it("can be run again, and leaves the vault's own records alone", async (test) => {
    const ports = await openPorts(test);
    const records = Array.from({ length: 1_201 }, (_, number) => {
      const id = `tok_email_${number.toString(16).padStart(16, "0")}`;
      return [id, published(id, `value ${number}`)] as const;
    });
    assert.equal((await importRecords(records.slice(0, 700), ports)).imported, 700);
    const first = await ports.store.read((view) => view.get(records[0]![0]));
    assert.deepEqual(await importRecords(records, ports), { imported: 501, known: 700, expired: 0, rejected: 0 });
    assert.deepEqual(await ports.store.read((view) => view.get(records[0]![0])), first);
  });

  it("leaves out what is past its retention", async (test) => {
    const ports = await openPorts(test);
    const old = published(ID, "x", { expiresAt: "2030-01-01T00:00:00.000Z" });
    assert.deepEqual(await importRecords([[ID, old]], ports), { imported: 0, known: 0, expired: 1, rejected: 0 });
  });

  it("rejects what is malformed, moved to another token or changed, and takes the rest", async (test) => {
    const ports = await openPorts(test);
    const good = published(ID, "x");
    const other = "tok_email_fedcba9876543210";
    const rejected: (readonly [string, unknown])[] = [
      ["person@example.org", good],
      ["tok_phone_0123456789abcdef", good],
      [other, good],
      [other, null],
      [other, published(other, "x", { aad: null })],
      [other, published(other, "x", { expiresAt: "soon" })],
      [other, published(other, "x", { createdAt: 5 })],
      [other, published(other, "x", { envelope: { ...published(other, "x").envelope, ct: "AAAA" } })],
      [other, published(other, "x", { envelope: { ...published(other, "x").envelope, kid: "local-1-ffffff" } })],
      [other, published(other, "x", { envelope: {} })],
      ["__proto__", good],
    ];
    const outcome = await importRecords([...rejected, [ID, good]], ports);
    assert.deepEqual(outcome, { imported: 1, known: 0, expired: 0, rejected: rejected.length });
  });
});

describe("importRecords, of paths", () => {
  it("keeps those of hashed keys up to 1,024 characters", async (test) => {
    const ports = await openPorts(test);
    for (const [given, kept] of [
      [`${"[1].".repeat(255)}[12]`, `${"[1].".repeat(255)}[12]`],
      [`${"[1].".repeat(255)}[123]`, ""],
    ] as const) {
      const store = createMemoryTokenStore();
      const metadata = { path: given, ruleId: "email" };
      await importRecords([[ID, published(ID, "x", { metadata })]], { ...ports, store });
      assert.equal((await store.read((snapshot) => snapshot.get(ID)))?.metadata.path, kept);
    }
  });
});

describe("importRecords, of times", () => {
  it("takes those that sort as text, from the first moment to the last, and no others", async (test) => {
    const ports = await openPorts(test);
    const spelled = `Sun Jan 20 2030 00:00:00 GMT (${"x".repeat(20)})`;
    assert.ok(Number.isFinite(Date.parse(spelled)));
    const importedWith = async (times: object) =>
      (await importRecords([[ID, published(ID, "x", times)]], { ...ports, store: createMemoryTokenStore() })).imported;
    for (const times of [{ createdAt: "1970-01-01T00:00:00.000Z" }, { expiresAt: "9999-12-31T23:59:59.999Z" }]) {
      assert.equal(await importedWith(times), 1, JSON.stringify(times));
    }
    for (const times of [
      { createdAt: "1969-12-31T23:59:59.999Z" },
      { expiresAt: "+010000-01-01T00:00:00.000Z" },
      { expiresAt: spelled },
      { expiresAt: ["2030-01-20T00:00:00.000Z"] },
    ]) {
      assert.equal(await importedWith(times), 0, JSON.stringify(times));
    }
  });

  it("takes what is good behind associated data that no program could have sealed", async (test) => {
    const ports = await openPorts(test);
    const other = "tok_email_fedcba9876543210";
    const deep = JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`);
    for (const context of [Number.POSITIVE_INFINITY, deep]) {
      for (const aadEncoding of [undefined, "nfkc-json-v2"]) {
        const hostile = published(other, "x");
        const aad = { ...hostile.aad, context };
        const envelope = { ...hostile.envelope, ...(aadEncoding && { aadEncoding }) };
        const outcome = await importRecords([[other, { ...hostile, aad, envelope }]], ports);
        assert.deepEqual(outcome, { imported: 0, known: 0, expired: 0, rejected: 1 });
      }
    }
  });
});

describe("readJsonVault", () => {
  it("reads the published file, and refuses what is none without quoting it", async (test) => {
    const path = join(await tempFolder(test), "vault.json");
    fs.writeFileSync(path, JSON.stringify({ version: 1, createdAt: "x", tokens: { [ID]: { type: "email" } } }));
    assert.deepEqual([...readJsonVault(path)], [[ID, { type: "email" }]]);
    for (const text of ['{"version":1,"tokens":"kim', '{"version":2,"tokens":{}}', '{"version":1,"tokens":[]}', "[]"]) {
      fs.writeFileSync(path, text);
      assert.throws(
        () => [...readJsonVault(path)],
        (error) => error instanceof Error && !error.message.includes("kim"),
      );
    }
  });
});
