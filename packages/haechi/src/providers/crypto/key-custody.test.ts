import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { type HaechiErrorCode, isHaechiError } from "../../core/errors.ts";
import { systemRandom } from "../system/system-random.ts";
import { destroyKey, retireKey, rotateKeys, unwrapKeyFile, wrapKeyFile } from "./key-custody.ts";
import { describeKeyFile, initKeyFile, readKeyRing } from "./key-file.ts";
import { createWrappingKeys } from "./key-wrapping.ts";
import { createLocalCryptoProvider } from "./local-crypto-provider.ts";

const START = Date.UTC(2030, 0, 1);
const DAY_MS = 24 * 60 * 60 * 1000;
let now = START;
const ports = { clock: { now: () => now }, random: systemRandom };
const aad = { purpose: "test" };
const PASSPHRASE = "correct horse battery";

let directory = "";
let path = "";
let first = "";
beforeEach(async () => {
  now = START;
  directory = fs.mkdtempSync(join(tmpdir(), "haechi-custody-"));
  path = join(directory, "keys.json");
  first = (await initKeyFile(path, ports)).kid;
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

const open = (passphrase: string | null = null) =>
  createLocalCryptoProvider({ keyFile: path, ...ports, passphrase: () => passphrase });
const withCode = (code: HaechiErrorCode) => (error: unknown) => isHaechiError(error, code);

describe("rotateKeys", () => {
  it("dates both keys, keeps what was sealed readable and every keyed hash as it was", async () => {
    const before = open();
    const envelope = await before.encrypt({ plaintext: "x", aad });
    const digest = await before.hmac({ data: "x", domain: "d" });
    now += DAY_MS;
    const second = await rotateKeys(path, ports);
    const after = open();
    assert.equal(await after.decrypt({ envelope, aad }), "x");
    assert.equal(await after.hmac({ data: "x", domain: "d" }), digest);
    assert.equal((await after.encrypt({ plaintext: "y", aad })).kid, second);
    assert.deepEqual(
      describeKeyFile(path).keys.map(({ kid, status, createdAt, retiredAt }) => [kid, status, createdAt, retiredAt]),
      [
        [second, "active", "2030-01-02T00:00:00.000Z", null],
        [first, "retired", "2030-01-01T00:00:00.000Z", "2030-01-02T00:00:00.000Z"],
      ],
    );
  });
});

describe("retireKey", () => {
  it("puts a new key in the place of the active one", async () => {
    const second = await retireKey(path, first, ports);
    assert.equal(readKeyRing(path).activeKid, second);
    assert.notEqual(second, first);
  });

  it("opens what the key sealed until its date, also in a process that runs", async () => {
    const provider = open();
    const envelope = await provider.encrypt({ plaintext: "x", aad });
    await retireKey(path, first, { ...ports, opensUntil: START + DAY_MS });
    now = START + DAY_MS - 1;
    assert.equal(await provider.decrypt({ envelope, aad }), "x");
    now = START + DAY_MS;
    await assert.rejects(provider.decrypt({ envelope, aad }), withCode("ENVELOPE_REJECTED"));
    await assert.rejects(open().decrypt({ envelope, aad }), withCode("ENVELOPE_REJECTED"));
  });

  it("takes the date away again", async () => {
    const envelope = await open().encrypt({ plaintext: "x", aad });
    await retireKey(path, first, { ...ports, opensUntil: START });
    assert.equal(await retireKey(path, first, { ...ports, opensUntil: null }), null);
    assert.equal(await open().decrypt({ envelope, aad }), "x");
    assert.equal(describeKeyFile(path).keys[1]?.opensUntil, null);
  });

  it("refuses a key that is not there, and changes nothing", async () => {
    const before = fs.readFileSync(path, "utf8");
    await assert.rejects(retireKey(path, "local-1-ffffff", ports), withCode("KEY_UNAVAILABLE"));
    assert.equal(fs.readFileSync(path, "utf8"), before);
  });
});

describe("destroyKey", () => {
  it("leaves no byte of the key, and what it sealed stays shut, also in a process that runs", async () => {
    const provider = open();
    const envelope = await provider.encrypt({ plaintext: "x", aad });
    const bytes = readKeyRing(path).keys.get(first)!.toString("base64url");
    assert.equal(await provider.decrypt({ envelope, aad }), "x");
    await rotateKeys(path, ports);
    await destroyKey(path, first, ports);
    assert.ok(!fs.readFileSync(path, "utf8").includes(bytes));
    await assert.rejects(open().decrypt({ envelope, aad }), withCode("ENVELOPE_REJECTED"));
    now += 5_000;
    await assert.rejects(provider.decrypt({ envelope, aad }), withCode("ENVELOPE_REJECTED"));
    const { status, destroyedAt } = describeKeyFile(path).keys[1]!;
    assert.deepEqual([status, destroyedAt], ["destroyed", "2030-01-01T00:00:00.000Z"]);
  });

  it("keeps every keyed hash, also when the root was once the first key", async () => {
    const key = Buffer.alloc(32, 7).toString("base64url");
    const entry = { kid: "local-1-aaaaaa", kty: "oct", alg: "AES-256-GCM", status: "active", k: key };
    fs.writeFileSync(path, JSON.stringify({ version: 1, keys: [entry] }));
    await rotateKeys(path, ports);
    await destroyKey(path, entry.kid, ports);
    assert.deepEqual(readKeyRing(path).hmacRoot, Buffer.alloc(32, 7));
  });

  it("refuses the active key and a key that is gone already", async () => {
    await assert.rejects(destroyKey(path, first, ports), withCode("KEY_UNAVAILABLE"));
    await rotateKeys(path, ports);
    await destroyKey(path, first, ports);
    await assert.rejects(destroyKey(path, first, ports), withCode("KEY_UNAVAILABLE"));
    await assert.rejects(retireKey(path, first, ports), withCode("KEY_UNAVAILABLE"));
  });

  it("goes on rotating over keys that are gone", async () => {
    await rotateKeys(path, ports);
    await destroyKey(path, first, ports);
    await rotateKeys(path, ports);
    assert.deepEqual(
      describeKeyFile(path).keys.map(({ status }) => status),
      ["active", "retired", "destroyed"],
    );
  });
});

describe("wrapKeyFile", () => {
  it("hides the keys until the pass phrase is given; a rotation keeps them wrapped", async () => {
    const envelope = await open().encrypt({ plaintext: "x", aad });
    const digest = await open().hmac({ data: "x", domain: "d" });
    const { keys, hmacRoot } = readKeyRing(path);
    await wrapKeyFile(path, PASSPHRASE, ports);
    const wrappingKeys = createWrappingKeys(() => PASSPHRASE);
    await rotateKeys(path, { ...ports, wrappingKeys });
    const text = fs.readFileSync(path, "utf8");
    for (const secret of [...keys.values(), hmacRoot]) assert.ok(!text.includes(secret.toString("base64url")));
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(fs.readdirSync(directory).sort(), ["keys.json", "keys.json.owner", "keys.json.usage"]);
    assert.throws(() => open(), withCode("KEY_UNAVAILABLE"));
    assert.throws(() => open("another pass phrase"), withCode("KEY_UNAVAILABLE"));
    const provider = open(PASSPHRASE);
    assert.equal(await provider.decrypt({ envelope, aad }), "x");
    assert.equal(await provider.hmac({ data: "x", domain: "d" }), digest);
    assert.equal(describeKeyFile(path).isWrapped, true);
  });

  it("changes the pass phrase: the one before opens nothing any more", async () => {
    await wrapKeyFile(path, PASSPHRASE, ports);
    await wrapKeyFile(path, "another pass phrase", { ...ports, wrappingKeys: createWrappingKeys(() => PASSPHRASE) });
    assert.throws(() => open(PASSPHRASE), withCode("KEY_UNAVAILABLE"));
    assert.equal(open("another pass phrase").hmac !== undefined, true);
  });

  it("refuses a pass phrase that is short, and changes nothing", async () => {
    const before = fs.readFileSync(path, "utf8");
    await assert.rejects(wrapKeyFile(path, "eleven char", ports), withCode("KEY_UNAVAILABLE"));
    assert.equal(fs.readFileSync(path, "utf8"), before);
  });
});

describe("unwrapKeyFile", () => {
  it("writes what was wrapped, and only with the pass phrase", async () => {
    const { keys, hmacRoot } = readKeyRing(path);
    await wrapKeyFile(path, PASSPHRASE, ports);
    await assert.rejects(unwrapKeyFile(path, ports), withCode("KEY_UNAVAILABLE"));
    await unwrapKeyFile(path, { ...ports, wrappingKeys: createWrappingKeys(() => PASSPHRASE) });
    assert.deepEqual(readKeyRing(path).keys, keys);
    assert.deepEqual(readKeyRing(path).hmacRoot, hmacRoot);
  });
});

describe("initKeyFile", () => {
  it("makes a file whose keys were never in clear on the disk", async () => {
    const other = join(directory, "wrapped.json");
    await initKeyFile(other, { ...ports, wrapped: true, wrappingKeys: createWrappingKeys(() => PASSPHRASE) });
    assert.equal(describeKeyFile(other).isWrapped, true);
    assert.equal((await initKeyFile(other, ports)).created, false);
    await assert.rejects(initKeyFile(other, { ...ports, rotate: true }), withCode("KEY_UNAVAILABLE"));
  });
});

describe("a process that starts", () => {
  it("removes what a crash has left beside the key file", () => {
    fs.writeFileSync(`${path}.tmp`, fs.readFileSync(path));
    open();
    assert.equal(fs.existsSync(`${path}.tmp`), false);
  });
});
