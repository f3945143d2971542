import assert from "node:assert/strict";
import { createCipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "../../core/crypto/canonical-json.ts";
import type { Envelope } from "../../core/crypto/envelope.ts";
import { isHaechiError } from "../../core/errors.ts";
import { createProcessLock } from "../storage/process-lock.ts";
import { systemRandom } from "../system/system-random.ts";
import { initKeyFile, readKeyRing, withNewKey } from "./key-file.ts";
import { keyFileLockPath } from "./key-file-lock.ts";
import { createLocalCryptoProvider } from "./local-crypto-provider.ts";
import { NONCE_BUDGET_LIMIT, readNonceBudget } from "./nonce-budget.ts";

let now = Date.UTC(2030, 0, 1);
const ports = { clock: { now: () => now }, random: systemRandom };

let directory = "";
let keyFile = "";
beforeEach(async () => {
  now = Date.UTC(2030, 0, 1);
  directory = fs.mkdtempSync(join(tmpdir(), "haechi-crypto-"));
  keyFile = join(directory, "keys.json");
  await initKeyFile(keyFile, ports);
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

const rejected = (error: unknown) => isHaechiError(error, "ENVELOPE_REJECTED");
const aad = { purpose: "test", token: "t" };

describe("createLocalCryptoProvider", () => {
  it("hashes as before when a file that names no root is rotated by another program", async () => {
    const { hmacRoot: _, ...content } = JSON.parse(fs.readFileSync(keyFile, "utf8"));
    const write = (keys: readonly object[]) => fs.writeFileSync(keyFile, JSON.stringify({ ...content, keys }));
    const rootInFile = () => JSON.parse(fs.readFileSync(keyFile, "utf8")).hmacRoot;
    write(content.keys);
    // While somebody else is changing the file, the root cannot be written into it.
    const lock = createProcessLock(keyFileLockPath(keyFile));
    assert.ok(lock.tryAcquire());
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const before = await provider.hmac({ data: "x", domain: "d" });
    const rotated = withNewKey(content, now, systemRandom).keys;
    write(rotated);
    now += 5_000;
    assert.equal((await provider.encrypt({ plaintext: "x", aad })).kid, rotated[0]!.kid);
    assert.equal(await provider.hmac({ data: "x", domain: "d" }), before);
    assert.equal(rootInFile(), undefined);
    lock.close();
    write(withNewKey({ ...content, keys: rotated }, now, systemRandom).keys);
    now += 5_000;
    await provider.encrypt({ plaintext: "x", aad });
    assert.equal(await provider.hmac({ data: "x", domain: "d" }), before);
    assert.equal(rootInFile(), content.keys[0].k);
  });

  it("opens what it sealed, in this process and in the next", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const next = createLocalCryptoProvider({ keyFile, ...ports });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (plaintext) => {
        const envelope = await provider.encrypt({ plaintext, aad });
        assert.equal(await provider.decrypt({ envelope, aad }), plaintext);
        assert.equal(await next.decrypt({ envelope: JSON.parse(JSON.stringify(envelope)), aad }), plaintext);
      }),
    );
  });

  it("seals the same text differently each time, and never in clear", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const [one, two] = [
      await provider.encrypt({ plaintext: "same", aad }),
      await provider.encrypt({ plaintext: "same", aad }),
    ];
    assert.notEqual(one.iv, two.iv);
    assert.notEqual(one.ct, two.ct);
    assert.equal(one.v, 2);
    assert.equal(one.aadEncoding, "nfkc-json-v2");
    assert.equal(one.createdAt, "2030-01-01T00:00:00.000Z");
  });

  it("refuses other associated data, and accepts the same in another writing", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const envelope = await provider.encrypt({ plaintext: "x", aad: { a: "ﬁ", b: 1 } });
    assert.equal(await provider.decrypt({ envelope, aad: { b: 1, a: "fi" } }), "x");
    await assert.rejects(provider.decrypt({ envelope, aad: { a: "fi", b: 2 } }), rejected);
    await assert.rejects(provider.decrypt({ envelope, aad: {} }), rejected);
    await assert.rejects(provider.encrypt({ plaintext: "x", aad: { a: 1, ａ: 2 } }), rejected);
  });

  it("refuses an envelope of which any member was changed, added or removed", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const envelope = await provider.encrypt({ plaintext: "some text", aad, expiresAt: "2030-02-01T00:00:00.000Z" });
    const swap = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1);
    for (const [name, member] of Object.entries(envelope)) {
      const { [name as keyof Envelope]: _, ...without } = envelope;
      if (name !== "kid")
        await assert.rejects(provider.decrypt({ envelope: without as Envelope, aad }), rejected, name);
      const changed = typeof member === "string" ? swap(member) : 1;
      await assert.rejects(provider.decrypt({ envelope: { ...envelope, [name]: changed }, aad }), rejected, name);
    }
    const later = { ...envelope, expiresAt: "2031-02-01T00:00:00.000Z" };
    await assert.rejects(provider.decrypt({ envelope: later, aad }), rejected);
    for (const junk of [
      null,
      "x",
      {},
      { ...envelope, tag: envelope.tag.slice(0, 6) },
      { ...envelope, wrappedKey: "AA" },
    ]) {
      await assert.rejects(provider.decrypt({ envelope: junk as Envelope, aad }), rejected);
    }
  });

  it("refuses an envelope at its expiry and after", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const envelope = await provider.encrypt({ plaintext: "x", aad, expiresAt: new Date(now + 10).toISOString() });
    now += 9;
    assert.equal(await provider.decrypt({ envelope, aad }), "x");
    now += 1;
    await assert.rejects(provider.decrypt({ envelope, aad }), rejected);
  });

  it("opens envelopes of the published form, version 1 and 2, sealed under the key itself", async () => {
    const { activeKid: kid, keys } = readKeyRing(keyFile);
    const seal = (extra: object, aadText: string) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", keys.get(kid)!, iv);
      cipher.setAAD(Buffer.from(aadText));
      const ct = Buffer.concat([cipher.update("an older text", "utf8"), cipher.final()]);
      const aadHash = createHash("sha256").update(aadText).digest("base64url");
      const [ivText, ctText, tag] = [iv, ct, cipher.getAuthTag()].map((bytes) => bytes.toString("base64url"));
      return { alg: "AES-256-GCM", kid, iv: ivText, ct: ctText, tag, aadHash, ...extra } as unknown as Envelope;
    };
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const context = { token: "ﬁ", purpose: "token-vault" };
    const first = seal({ v: 1 }, canonicalJson(context));
    assert.equal(await provider.decrypt({ envelope: first, aad: context }), "an older text");
    const { aadHash: _hash, kid: _kid, ...bare } = first;
    assert.equal(await provider.decrypt({ envelope: bare as Envelope, aad: context }), "an older text");
    const second = seal({ v: 2, aadEncoding: "nfkc-json-v2" }, '{"purpose":"token-vault","token":"fi"}');
    assert.equal(await provider.decrypt({ envelope: second, aad: context }), "an older text");
    await assert.rejects(provider.decrypt({ envelope: second, aad: { ...context, token: "other" } }), rejected);
  });

  it("opens a fixed version 1 envelope", async () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("base64url");
    const entry = { kid: "local-1700000000000-a1b2c3", kty: "oct", alg: "AES-256-GCM", status: "active", k: key };
    fs.writeFileSync(keyFile, JSON.stringify({ version: 1, createdAt: "2030-01-01T00:00:00.000Z", keys: [entry] }));
    const envelope = JSON.parse(fs.readFileSync(join(import.meta.dirname, "fixtures", "envelope-v1.json"), "utf8"));
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    assert.equal(
      await provider.decrypt({ envelope, aad: { type: "email", purpose: "token-vault" } }),
      "user@example.com",
    );
  });

  it("still opens old envelopes after a rotation, and seals under the new key without a restart", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const before = await provider.encrypt({ plaintext: "old", aad });
    const { kid } = await initKeyFile(keyFile, { ...ports, rotate: true });
    const other = createLocalCryptoProvider({ keyFile, ...ports });
    assert.equal(await other.decrypt({ envelope: before, aad }), "old");
    const sealedElsewhere = await other.encrypt({ plaintext: "new", aad });
    assert.equal(await provider.decrypt({ envelope: sealedElsewhere, aad }), "new");
    assert.equal((await provider.encrypt({ plaintext: "x", aad })).kid, kid);
    await initKeyFile(keyFile, { ...ports, rotate: true });
    now += 5_000;
    assert.notEqual((await provider.encrypt({ plaintext: "x", aad })).kid, kid);
  });

  it("keeps its keys while the file is broken", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const envelope = await provider.encrypt({ plaintext: "x", aad });
    fs.writeFileSync(keyFile, "{");
    now += 5_000;
    assert.equal((await provider.encrypt({ plaintext: "y", aad })).kid, envelope.kid);
    assert.throws(
      () => createLocalCryptoProvider({ keyFile, ...ports }),
      (error) => isHaechiError(error, "KEY_FILE_INVALID"),
    );
  });

  it("refuses a key id that it does not know", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const envelope = await provider.encrypt({ plaintext: "x", aad });
    await assert.rejects(provider.decrypt({ envelope: { ...envelope, kid: "local-0-000000" }, aad }), rejected);
  });
});

describe("hmac", () => {
  it("differs by domain and by data, and survives a rotation", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    const hash = await provider.hmac({ data: "x", domain: "a" });
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.notEqual(await provider.hmac({ data: "x", domain: "b" }), hash);
    assert.notEqual(await provider.hmac({ data: "y", domain: "a" }), hash);
    await initKeyFile(keyFile, { ...ports, rotate: true });
    assert.equal(await createLocalCryptoProvider({ keyFile, ...ports }).hmac({ data: "x", domain: "a" }), hash);
  });

  it("refuses a domain that says nothing", async () => {
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    for (const domain of ["", undefined, null]) {
      await assert.rejects(provider.hmac({ data: "x", domain: domain as string }), (error) =>
        isHaechiError(error, "PROVIDER_INVALID"),
      );
    }
  });

  it("starts from the active key of a file of the published format, and keeps to it", async () => {
    const key = Buffer.alloc(32, 5);
    const entry = { kid: "a", kty: "oct", alg: "AES-256-GCM", status: "active", k: key.toString("base64url") };
    fs.writeFileSync(keyFile, JSON.stringify({ version: 1, createdAt: "2030-01-01T00:00:00.000Z", keys: [entry] }));
    const domainKey = createHmac("sha256", key).update("d").digest();
    const expected = createHmac("sha256", domainKey).update("x").digest("hex");
    assert.equal(await createLocalCryptoProvider({ keyFile, ...ports }).hmac({ data: "x", domain: "d" }), expected);
    await initKeyFile(keyFile, { ...ports, rotate: true });
    assert.equal(await createLocalCryptoProvider({ keyFile, ...ports }).hmac({ data: "x", domain: "d" }), expected);
  });
});

describe("the nonce budget", () => {
  it("counts one derivation for each process that encrypts, and none for one that does not", async () => {
    assert.equal(readNonceBudget(keyFile).used, 0);
    for (let start = 1; start <= 3; start++) {
      const provider = createLocalCryptoProvider({ keyFile, ...ports });
      for (let message = 0; message < 5; message++) await provider.encrypt({ plaintext: "x", aad });
      assert.equal(readNonceBudget(keyFile).used, start);
    }
    await createLocalCryptoProvider({ keyFile, ...ports }).hmac({ data: "x", domain: "d" });
    assert.equal(readNonceBudget(keyFile).used, 3);
  });

  it("is spent at the limit: nothing is encrypted until the key is rotated", async () => {
    const { kid } = readNonceBudget(keyFile);
    fs.writeFileSync(`${keyFile}.usage`, JSON.stringify({ version: 1, uses: { [kid]: NONCE_BUDGET_LIMIT - 1 } }));
    await createLocalCryptoProvider({ keyFile, ...ports }).encrypt({ plaintext: "x", aad });
    const budget = readNonceBudget(keyFile);
    assert.deepEqual([budget.exhausted, budget.remaining, budget.usedFraction], [true, 0, 1]);
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    await assert.rejects(provider.encrypt({ plaintext: "x", aad }), (error) =>
      isHaechiError(error, "NONCE_BUDGET_SPENT"),
    );
    await initKeyFile(keyFile, { ...ports, rotate: true });
    now += 5_000;
    await provider.encrypt({ plaintext: "x", aad });
    assert.equal(readNonceBudget(keyFile).used, 1);
  });

  it("respects what the published format counted in the key file", async () => {
    const content = JSON.parse(fs.readFileSync(keyFile, "utf8"));
    fs.writeFileSync(keyFile, JSON.stringify({ ...content, usage: { [content.keys[0].kid]: NONCE_BUDGET_LIMIT } }));
    await assert.rejects(createLocalCryptoProvider({ keyFile, ...ports }).encrypt({ plaintext: "x", aad }), (error) =>
      isHaechiError(error, "NONCE_BUDGET_SPENT"),
    );
  });

  it("does not guess over a counter that cannot be read", async () => {
    fs.writeFileSync(`${keyFile}.usage`, "{");
    await assert.rejects(createLocalCryptoProvider({ keyFile, ...ports }).encrypt({ plaintext: "x", aad }), (error) =>
      isHaechiError(error, "KEY_UNAVAILABLE"),
    );
  });

  it("does not guess over one that is no file, or counts in something else than numbers", async () => {
    const unavailable = (error: unknown) => isHaechiError(error, "KEY_UNAVAILABLE");
    fs.writeFileSync(`${keyFile}.usage`, '{"version":1,"uses":{"a":"1"}}');
    assert.throws(() => readNonceBudget(keyFile), unavailable);
    fs.rmSync(`${keyFile}.usage`);
    fs.mkdirSync(`${keyFile}.usage`);
    assert.throws(() => readNonceBudget(keyFile), unavailable);
  });

  it("says that it cannot be counted where nothing can be written, and encrypts", async () => {
    // A folder where the temporary file should be stands for any failure of the write.
    fs.mkdirSync(`${keyFile}.usage.tmp`);
    const warnings: unknown[] = [];
    const logger = { info() {}, warn: (...said: unknown[]) => void warnings.push(said), error() {} };
    const provider = createLocalCryptoProvider({ keyFile, ...ports, logger });
    await provider.encrypt({ plaintext: "x", aad });
    await provider.encrypt({ plaintext: "x", aad });
    const { kid } = readNonceBudget(keyFile);
    assert.deepEqual(warnings, [["HAECHI_NONCE_BUDGET_NOPERSIST", { kid, used: 1 }]]);
    assert.equal(readNonceBudget(keyFile).used, 0);
  });

  it("warns once when half of it is spent", async () => {
    const { kid } = readNonceBudget(keyFile);
    fs.writeFileSync(`${keyFile}.usage`, JSON.stringify({ version: 1, uses: { [kid]: 2 ** 31 } }));
    const warnings: string[] = [];
    const logger = { info() {}, warn: (event: string) => void warnings.push(event), error() {} };
    const provider = createLocalCryptoProvider({ keyFile, ...ports, logger });
    await provider.encrypt({ plaintext: "x", aad });
    await provider.encrypt({ plaintext: "x", aad });
    assert.deepEqual(warnings, ["HAECHI_NONCE_BUDGET"]);
  });
});
