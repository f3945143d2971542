import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type HaechiErrorCode, isHaechiError } from "../../core/errors.ts";
import type { Authenticator } from "../../ports/authenticator.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import { systemRandom } from "../system/system-random.ts";
import { createBearerAuthenticator } from "./bearer-authenticator.ts";
import { addToken, listTokens, type NewBearerToken, revokeToken, rotateToken } from "./bearer-file.ts";
import { shownRecord } from "./bearer-record.ts";
import { readUsage } from "./bearer-usage.ts";

const wanted: NewBearerToken = {
  type: "service",
  scopes: ["chat", "models:read"],
  labels: { team: "search" },
  allowedLabelKeys: ["team", "env"],
};

describe("bearer store", () => {
  it("holds a keyed hash of a token and never the token", async (t) => {
    const { store, maker } = await world(t);
    const { token, record } = await addToken(store, wanted, maker);
    assert.match(token, /^hae_[A-Za-z0-9_-]{43}$/);
    assert.match(record.id, /^tok_auth_[0-9a-f]{8}$/);
    const text = await fs.readFile(store, "utf8");
    assert.ok(!text.includes(token) && !text.includes(token.slice(4)));
    assert.deepEqual(JSON.parse(text), {
      version: 1,
      tokens: [
        {
          id: record.id,
          tokenHash: createHmac("sha256", "key-one:haechi:auth:token:v1").update(token).digest("hex"),
          type: "service",
          scopes: ["chat", "models:read"],
          labels: { team: "search" },
          createdAt: "1970-01-01T00:00:01.000Z",
          disabled: false,
        },
      ],
    });
  });

  it("is readable by its owner only, as is the folder that it makes", async (t) => {
    const { store, maker } = await world(t);
    await addToken(store, wanted, maker);
    await revokeToken(store, (await listTokens(store))[0]!.id);
    assert.equal((await fs.stat(store)).mode & 0o777, 0o600);
    assert.equal((await fs.stat(path.dirname(store))).mode & 0o777, 0o700);
    assert.deepEqual((await fs.readdir(path.dirname(store))).sort(), ["auth.json", "auth.json.lock"]);
  });

  it("loses no token when many are added at once", async (t) => {
    const { store, maker } = await world(t);
    const added = await Promise.all(Array.from({ length: 20 }, () => addToken(store, wanted, maker)));
    const ids = (await listTokens(store)).map(({ id }) => id);
    assert.deepEqual(ids.sort(), added.map(({ record }) => record.id).sort());
  });

  it("refuses labels that are not allowed, and scopes that are no scope tokens", async (t) => {
    const { store, maker } = await world(t);
    for (const odd of [
      { labels: { color: "red" } },
      { labels: { team: "x".repeat(65) } },
      { scopes: [""] },
      { scopes: ["a b"] },
      { scopes: ["x".repeat(129)] },
      { scopes: Array.from({ length: 65 }, (_, index) => `s${index}`) },
    ]) {
      await rejectsWith("PROVIDER_INVALID", addToken(store, { ...wanted, ...odd }, maker));
    }
    assert.deepEqual(await listTokens(store), []);
  });

  it("keeps a scope that is named twice once", async (t) => {
    const { store, maker } = await world(t);
    const { record } = await addToken(store, { ...wanted, scopes: ["a", "b", "a"] }, maker);
    assert.deepEqual(record.scopes, ["a", "b"]);
  });

  it("does not grow past what it would read again", async (t) => {
    const { store, maker } = await world(t);
    const { record, token } = await addToken(store, wanted, maker);
    const { size } = await fs.stat(store);
    const filling = { ...record, id: "tok_auth_00000000", tokenHash: "0".repeat(64), labels: { team: "" } };
    filling.labels.team = "x".repeat(16_777_216 - size - JSON.stringify(filling).length - 200);
    await fs.writeFile(store, JSON.stringify({ version: 1, tokens: [record, filling] }));
    await rejectsWith("PROVIDER_INVALID", addToken(store, wanted, maker));
    const authenticator = createBearerAuthenticator({ store, ...maker, allowedLabelKeys: [] });
    assert.equal((await authenticator.authenticate(requestWith(`Bearer ${token}`)))?.id, record.id);
    await authenticator.close?.();
  });

  it("shows of a token when it holds, and no hash", async (t) => {
    const { store, maker } = await world(t);
    const { record } = await addToken(store, { ...wanted, expiresAt: new Date(5000).toISOString() }, maker);
    const times = { previousExpiresAt: new Date(3000).toISOString(), expiresAt: new Date(6000).toISOString() };
    const rotated = (await rotateToken(store, record.id, () => times, maker)).record;
    const shown = shownRecord(rotated, 2000);
    assert.equal(shown.previousExpiresAt, times.previousExpiresAt);
    assert.equal(shownRecord(rotated, 3000).previousExpiresAt, undefined);
    assert.deepEqual(
      [2000, 5999, 6000].map((now) => shownRecord(rotated, now).state),
      ["active", "active", "expired"],
    );
    assert.equal(shownRecord(await revokeToken(store, record.id), 7000).state, "revoked");
    for (const hash of [record.tokenHash, rotated.tokenHash]) assert.ok(!JSON.stringify(shown).includes(hash));
  });

  it("does not know tokens that it does not hold", async (t) => {
    const { store } = await world(t);
    await rejectsWith("TOKEN_UNKNOWN", revokeToken(store, "tok_auth_00000000"));
  });

  it("is refused whole when any of it is of another form", async (t) => {
    const { store, maker } = await world(t);
    const { record } = await addToken(store, wanted, maker);
    for (const text of [
      "",
      "{",
      "[]",
      '{"version":2,"tokens":[]}',
      '{"version":1}',
      '{"version":1,"tokens":[null]}',
      ...[...Object.keys(record), "rotatedAt", "previous", "expiresAt"].map((member) =>
        JSON.stringify({ version: 1, tokens: [{ ...record, [member]: 5 }] }),
      ),
    ]) {
      await fs.writeFile(store, text);
      await rejectsWith("PROVIDER_INVALID", listTokens(store));
    }
  });
});

describe("bearer authenticator", () => {
  it("knows the holder of a token, whatever the case of the scheme", async (t) => {
    const { store, maker, authenticate } = await world(t);
    const { token, record } = await addToken(store, wanted, maker);
    const identity = await authenticate(`bEARER ${token}`);
    assert.deepEqual(identity, {
      id: record.id,
      type: "service",
      subjectHash: createHmac("sha256", "key-one:haechi:identity:hash:v1").update(record.id).digest("hex"),
      issuerHash: null,
      provider: "bearer",
      scopes: ["chat", "models:read"],
      labels: { team: "search" },
    });
    assert.deepEqual(await authenticate(`Bearer ${token}`), identity);
  });

  it("does not know anyone else", async (t) => {
    const { store, maker, authenticate } = await world(t);
    assert.equal(await authenticate(`Bearer hae_${"a".repeat(43)}`), null);
    const { token } = await addToken(store, wanted, maker);
    for (const header of [
      undefined,
      "",
      token,
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer ${token} ${token}`,
      `Bearer hae_${"a".repeat(43)}`,
      [`Bearer ${token}`, `Bearer ${token}`],
      [`Bearer ${token}`],
    ]) {
      assert.equal(await authenticate(header), null);
    }
  });

  it("refuses a revoked token at the next request, and knows a new one", async (t) => {
    const { store, maker, authenticate } = await world(t);
    const first = await addToken(store, wanted, maker);
    assert.notEqual(await authenticate(`Bearer ${first.token}`), null);
    await revokeToken(store, first.record.id);
    assert.equal(await authenticate(`Bearer ${first.token}`), null);
    const second = await addToken(store, wanted, maker);
    assert.equal((await authenticate(`Bearer ${second.token}`))?.id, second.record.id);
    assert.equal(await authenticate(`Bearer ${first.token}`), null);
  });

  it("knows both tokens of a rotation until the first one ends, as the same caller", async (t) => {
    const { store, maker, authenticate, setTime } = await world(t);
    const first = await addToken(store, wanted, maker);
    const before = await authenticate(`Bearer ${first.token}`);
    const rotation = { previousExpiresAt: new Date(5000).toISOString() };
    const second = await rotateToken(store, first.record.id, () => rotation, maker);
    assert.notEqual(second.token, first.token);
    assert.equal(second.record.id, first.record.id);
    setTime(4999);
    for (const { token } of [first, second]) assert.deepEqual(await authenticate(`Bearer ${token}`), before);
    setTime(5000);
    assert.equal(await authenticate(`Bearer ${first.token}`), null);
    assert.deepEqual(await authenticate(`Bearer ${second.token}`), before);
  });

  it("forgets all but two tokens of one holder, and none is left of a revoked one", async (t) => {
    const { store, maker, authenticate } = await world(t);
    const first = await addToken(store, wanted, maker);
    const rotation = { previousExpiresAt: new Date(5000).toISOString() };
    const second = await rotateToken(store, first.record.id, () => rotation, maker);
    const third = await rotateToken(store, first.record.id, () => rotation, maker);
    assert.equal(await authenticate(`Bearer ${first.token}`), null);
    for (const { token } of [second, third]) assert.notEqual(await authenticate(`Bearer ${token}`), null);
    await revokeToken(store, first.record.id);
    for (const { token } of [second, third]) assert.equal(await authenticate(`Bearer ${token}`), null);
    await rejectsWith(
      "TOKEN_UNKNOWN",
      rotateToken(store, first.record.id, () => rotation, maker),
    );
    await rejectsWith(
      "TOKEN_UNKNOWN",
      rotateToken(store, "tok_auth_ffffffff", () => rotation, maker),
    );
  });

  it("does not let a rotation lengthen the life of a token", async (t) => {
    const { store, maker, authenticate, setTime } = await world(t);
    const first = await addToken(store, { ...wanted, expiresAt: new Date(2000).toISOString() }, maker);
    const rotation = { previousExpiresAt: new Date(9000).toISOString() };
    const second = await rotateToken(store, first.record.id, () => rotation, maker);
    setTime(2000);
    assert.equal(await authenticate(`Bearer ${first.token}`), null);
    assert.notEqual(await authenticate(`Bearer ${second.token}`), null);
  });

  it("writes down when a token was last used, without touching the store", async (t) => {
    const { store, maker, setTime, authenticators } = await world(t);
    const [used, unused] = [await addToken(store, wanted, maker), await addToken(store, wanted, maker)];
    const text = await fs.readFile(store, "utf8");
    // Two processes serve one store; the later use counts, whoever writes last.
    const [one, two] = [authenticators(), authenticators()];
    setTime(2000);
    await one.authenticate(requestWith(`Bearer ${used.token}`));
    setTime(3000);
    await two.authenticate(requestWith(`Bearer ${used.token}`));
    await two.authenticate(requestWith(`Bearer hae_${"a".repeat(43)}`));
    await two.close?.();
    await one.close?.();
    assert.deepEqual([...(await readUsage(store))], [[used.record.id, new Date(3000).toISOString()]]);
    assert.ok(!(await readUsage(store)).has(unused.record.id));
    assert.equal(await fs.readFile(store, "utf8"), text);
    assert.equal((await fs.stat(`${store}.used`)).mode & 0o777, 0o600);
  });

  it("lets people in although their use cannot be written down", async (t) => {
    const { store, maker, authenticators } = await world(t);
    const { token, record } = await addToken(store, wanted, maker);
    await fs.mkdir(`${store}.used`);
    const authenticator = authenticators();
    assert.notEqual(await authenticator.authenticate(requestWith(`Bearer ${token}`)), null);
    await authenticator.close?.();
    assert.equal((await readUsage(store)).size, 0);
    await fs.rmdir(`${store}.used`);
    await authenticator.close?.();
    assert.ok((await readUsage(store)).has(record.id));
  });

  it("reads tokens in a header of their own, where they stand alone", async (t) => {
    const { store, maker } = await world(t);
    const { token, record } = await addToken(store, wanted, maker);
    const authenticator = createBearerAuthenticator({
      store,
      ...maker,
      allowedLabelKeys: [],
      header: "x-haechi-token",
    });
    t.after(() => authenticator.close?.());
    const ask = (headers: Record<string, string>) =>
      authenticator.authenticate({ method: "POST", headers, remoteAddress: "127.0.0.1" });
    assert.equal((await ask({ "x-haechi-token": token }))?.id, record.id);
    assert.equal(await ask({ "x-haechi-token": `Bearer ${token}` }), null);
    assert.equal(await ask({ authorization: `Bearer ${token}` }), null);
  });

  it("refuses a token from its expiry on", async (t) => {
    const { store, maker, authenticate, setTime } = await world(t);
    const expiresAt = new Date(5000).toISOString();
    const { token } = await addToken(store, { ...wanted, expiresAt }, maker);
    setTime(4999);
    assert.notEqual(await authenticate(`Bearer ${token}`), null);
    setTime(5000);
    assert.equal(await authenticate(`Bearer ${token}`), null);
  });

  it("lets nobody in while the store cannot be read, and everybody again afterwards", async (t) => {
    const { store, maker, authenticate } = await world(t);
    const { token } = await addToken(store, wanted, maker);
    const text = await fs.readFile(store);
    await fs.writeFile(store, "{");
    await rejectsWith("PROVIDER_INVALID", authenticate(`Bearer ${token}`));
    await rejectsWith("PROVIDER_INVALID", authenticate(`Bearer ${token}`));
    await fs.writeFile(store, text);
    assert.notEqual(await authenticate(`Bearer ${token}`), null);
    await fs.rm(store);
    assert.equal(await authenticate(`Bearer ${token}`), null);
  });

  it("does not accept a token under another key, and names its holder differently there", async (t) => {
    const { store, maker, authenticate, authenticateWith } = await world(t);
    const { token } = await addToken(store, wanted, maker);
    assert.equal(await authenticateWith(cryptoOf("key-two"))(`Bearer ${token}`), null);
    const other = await addToken(store, wanted, { ...maker, crypto: cryptoOf("key-two") });
    const hash = (await authenticateWith(cryptoOf("key-two"))(`Bearer ${other.token}`))?.subjectHash;
    assert.notEqual(hash, (await authenticate(`Bearer ${token}`))?.subjectHash);
    assert.match(String(hash), /^[0-9a-f]{64}$/);
  });

  it("does not pass on labels under keys that are not allowed any more", async (t) => {
    const { store, maker } = await world(t);
    const { token } = await addToken(store, wanted, maker);
    const clock = { now: () => 0 };
    const strict = createBearerAuthenticator({ store, crypto: cryptoOf("key-one"), clock, allowedLabelKeys: ["env"] });
    assert.deepEqual((await strict.authenticate(requestWith(`Bearer ${token}`)))?.labels, {});
  });

  it("needs a crypto provider that can hash", () => {
    const { encrypt, decrypt } = cryptoOf("k");
    const options = { store: "x", crypto: { encrypt, decrypt }, clock: { now: () => 0 }, allowedLabelKeys: [] };
    assert.throws(
      () => createBearerAuthenticator(options),
      (error) => isHaechiError(error, "PROVIDER_INVALID"),
    );
  });
});

async function world(t: TestContext) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "bearer-"));
  const closing: Authenticator[] = [];
  t.after(async () => {
    for (const authenticator of closing) await authenticator.close?.();
    await fs.rm(folder, { recursive: true });
  });
  const store = path.join(folder, "made", "auth.json");
  let time = 1000;
  const clock = { now: () => time };
  const setTime = (now: number) => {
    time = now;
  };
  const crypto = cryptoOf("key-one");
  const authenticators = (provider = crypto) => {
    const options = { store, crypto: provider, clock, allowedLabelKeys: ["team", "env"] };
    const authenticator = createBearerAuthenticator(options);
    closing.push(authenticator);
    return authenticator;
  };
  const authenticateWith = (provider: CryptoProvider) => {
    const authenticator = authenticators(provider);
    return (header: string | readonly string[] | undefined) => authenticator.authenticate(requestWith(header));
  };
  return {
    store,
    maker: { crypto, clock, random: systemRandom },
    setTime,
    authenticators,
    authenticateWith,
    authenticate: authenticateWith(crypto),
  };
}

function requestWith(authorization: string | readonly string[] | undefined) {
  return { method: "POST", headers: { authorization }, remoteAddress: "127.0.0.1" };
}

function cryptoOf(key: string): CryptoProvider {
  const unused = () => Promise.reject(new Error("not used here"));
  return {
    encrypt: unused,
    decrypt: unused,
    hmac: async ({ data, domain }) => createHmac("sha256", `${key}:${domain}`).update(data).digest("hex"),
  };
}

async function rejectsWith(code: HaechiErrorCode, promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error) => isHaechiError(error, code));
}
