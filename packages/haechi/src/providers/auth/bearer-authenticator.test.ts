import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type HaechiErrorCode, isHaechiError } from "../../core/errors.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import { systemRandom } from "../system/system-random.ts";
import { createBearerAuthenticator } from "./bearer-authenticator.ts";
import { addToken, listTokens, type NewBearerToken, revokeToken } from "./bearer-file.ts";

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
    for (const odd of [{ labels: { color: "red" } }, { labels: { team: "x".repeat(65) } }, { scopes: ["a b"] }]) {
      await rejectsWith("PROVIDER_INVALID", addToken(store, { ...wanted, ...odd }, maker));
    }
    assert.deepEqual(await listTokens(store), []);
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
      ...Object.keys(record).map((member) => JSON.stringify({ version: 1, tokens: [{ ...record, [member]: 5 }] })),
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
  t.after(() => fs.rm(folder, { recursive: true }));
  const store = path.join(folder, "made", "auth.json");
  let time = 1000;
  const clock = { now: () => time };
  const setTime = (now: number) => {
    time = now;
  };
  const crypto = cryptoOf("key-one");
  const authenticateWith = (provider: CryptoProvider) => {
    const options = { store, crypto: provider, clock, allowedLabelKeys: ["team", "env"] };
    const authenticator = createBearerAuthenticator(options);
    return (header: string | readonly string[] | undefined) => authenticator.authenticate(requestWith(header));
  };
  return {
    store,
    maker: { crypto, clock, random: systemRandom },
    setTime,
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
