import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import { systemClock } from "../system/system-clock.ts";
import { systemRandom } from "../system/system-random.ts";
import { initKeyFile, pinHmacRoot, readKeyRing } from "./key-file.ts";

const ports = { clock: systemClock, random: systemRandom };

let directory = "";
let path = "";
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "haechi-keys-"));
  path = join(directory, "state", "keys.json");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

const invalid = (error: unknown) => isHaechiError(error, "KEY_FILE_INVALID");

function writePublished(changes: object = {}): Buffer {
  const key = Buffer.alloc(32, 7);
  fs.mkdirSync(join(directory, "state"), { recursive: true });
  const entry = {
    kid: "local-1-aaaaaa",
    kty: "oct",
    alg: "AES-256-GCM",
    status: "active",
    k: key.toString("base64url"),
  };
  fs.writeFileSync(
    path,
    JSON.stringify({ version: 1, createdAt: "2030-01-01T00:00:00.000Z", keys: [entry], ...changes }),
  );
  return key;
}

describe("initKeyFile", () => {
  it("creates a key for the owner alone, in the documented format", async () => {
    const { kid, created } = await initKeyFile(path, ports);
    assert.equal(created, true);
    assert.match(kid, /^local-\d{13}-[0-9a-f]{6}$/);
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
    assert.equal(fs.statSync(join(directory, "state")).mode & 0o777, 0o700);
    const content = JSON.parse(fs.readFileSync(path, "utf8"));
    assert.equal(content.version, 1);
    assert.deepEqual(Object.keys(content.keys[0]), ["kid", "kty", "alg", "status", "k", "createdAt"]);
    assert.equal(Buffer.from(content.keys[0].k, "base64url").length, 32);
    assert.deepEqual(fs.readdirSync(join(directory, "state")).sort(), ["keys.json", "keys.json.owner"]);
  });

  it("leaves a good file as it is", async () => {
    const { kid } = await initKeyFile(path, ports);
    const before = fs.readFileSync(path, "utf8");
    assert.deepEqual(await initKeyFile(path, ports), { kid, created: false, rotated: false });
    assert.equal(fs.readFileSync(path, "utf8"), before);
  });

  it("rotates by adding: no key is lost and the root of keyed hashes stays", async () => {
    const first = await initKeyFile(path, ports);
    const before = readKeyRing(path);
    const second = await initKeyFile(path, { ...ports, rotate: true });
    const after = readKeyRing(path);
    assert.equal(second.rotated, true);
    assert.equal(after.activeKid, second.kid);
    assert.deepEqual(after.keys.get(first.kid), before.keys.get(first.kid));
    assert.deepEqual(after.hmacRoot, before.hmacRoot);
    const statuses = JSON.parse(fs.readFileSync(path, "utf8")).keys.map(({ status }: { status: string }) => status);
    assert.deepEqual(statuses, ["active", "retired"]);
  });

  it("loses no key to rotations at the same time", async () => {
    await initKeyFile(path, ports);
    const rotations = await Promise.all([1, 2, 3, 4].map(() => initKeyFile(path, { ...ports, rotate: true })));
    const { keys } = readKeyRing(path);
    assert.equal(keys.size, 5);
    assert.ok(rotations.every(({ kid }) => keys.has(kid)));
  });

  it("keeps the keyed hashes of a file of the published format when it rotates it", async () => {
    const key = writePublished();
    await initKeyFile(path, { ...ports, rotate: true });
    assert.deepEqual(readKeyRing(path).hmacRoot, key);
  });

  it("refuses a file that is not sound, and does not overwrite it", async () => {
    const short = Buffer.alloc(31).toString("base64url");
    const good = Buffer.alloc(32).toString("base64url");
    const entry = { kid: "a", status: "active", k: good };
    const broken = [
      "{",
      "[]",
      '{"version":2}',
      '{"version":1,"keys":[]}',
      JSON.stringify({ version: 1, keys: [{ ...entry, k: short }] }),
      JSON.stringify({ version: 1, keys: [entry, { ...entry, kid: "b", status: "retired", k: short }] }),
      JSON.stringify({ version: 1, keys: [entry, entry] }),
      JSON.stringify({ version: 1, keys: [{ ...entry, kid: 5 }] }),
      JSON.stringify({ version: 1, hmacRoot: short, keys: [entry] }),
    ];
    fs.mkdirSync(join(directory, "state"));
    for (const text of broken) {
      fs.writeFileSync(path, text);
      await assert.rejects(initKeyFile(path, { ...ports, rotate: true }), invalid, text);
      assert.throws(() => readKeyRing(path), invalid);
      assert.equal(fs.readFileSync(path, "utf8"), text);
    }
  });

  it("never quotes the file in a message", async () => {
    fs.mkdirSync(join(directory, "state"));
    fs.writeFileSync(path, '{"version":1,"keys":"visible-secret"');
    await assert.rejects(initKeyFile(path, ports), (error) => invalid(error) && !String(error).includes("visible"));
  });
});

describe("readKeyRing", () => {
  it("takes the first key when none is active", () => {
    const k = Buffer.alloc(32).toString("base64url");
    const entries = ["a", "b"].map((kid) => ({ kid, kty: "oct", alg: "AES-256-GCM", status: "retired", k }));
    writePublished({ keys: entries });
    assert.equal(readKeyRing(path).activeKid, "a");
  });

  it("says what to do when there is no file", () => {
    assert.throws(
      () => readKeyRing(path),
      (error) => invalid(error) && /haechi init/.test(String(error)),
    );
  });
});

describe("a key file that cannot be read", () => {
  it("is named with what the system says, or refused for its size", () => {
    fs.mkdirSync(path, { recursive: true });
    assert.throws(
      () => readKeyRing(path),
      (error) => invalid(error) && /cannot be read \(EISDIR\)/.test(String(error)),
    );
    fs.rmdirSync(path);
    fs.writeFileSync(path, Buffer.alloc(16 * 1024 * 1024 + 1, " "));
    assert.throws(
      () => readKeyRing(path),
      (error) => invalid(error) && /too large/.test(String(error)),
    );
  });
});

describe("pinHmacRoot", () => {
  it("writes the root once and keeps what it does not know", () => {
    const key = writePublished({ extra: { kept: true } });
    pinHmacRoot(path, key);
    pinHmacRoot(path, Buffer.alloc(32, 9));
    const content = JSON.parse(fs.readFileSync(path, "utf8"));
    assert.equal(content.hmacRoot, key.toString("base64url"));
    assert.deepEqual(content.extra, { kept: true });
  });
});
