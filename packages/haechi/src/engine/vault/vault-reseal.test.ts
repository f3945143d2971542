import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { isHaechiError } from "../../core/errors.ts";
import type { TokenRecord, TokenStore } from "../../ports/token-store.ts";
import { destroyKey, rotateKeys } from "../../providers/crypto/key-custody.ts";
import { initKeyFile } from "../../providers/crypto/key-file.ts";
import { createLocalCryptoProvider } from "../../providers/crypto/local-crypto-provider.ts";
import { createMemoryTokenStore } from "../../providers/storage/memory-token-store.ts";
import { createSqliteTokenStore } from "../../providers/storage/sqlite-token-store.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { openRecord, tokenAssociatedData } from "./vault-record.ts";
import { resealRecords } from "./vault-reseal.ts";

const TOKENS = 1_000;

/** A vault whose tokens are sealed under a key that has been retired since. */
async function rotatedVault(
  test: TestContext,
  { tokens = TOKENS, store }: { tokens?: number; store?: TokenStore } = {},
) {
  let now = Date.UTC(2030, 0, 1);
  const clock = { now: () => now };
  const ports = { clock, random: systemRandom };
  const folder = await tempFolder(test);
  const keyFile = join(folder, "keys.json");
  const { kid: oldKid } = await initKeyFile(keyFile, ports);
  const crypto = createLocalCryptoProvider({ keyFile, ...ports });
  const vault = store ?? createSqliteTokenStore({ path: join(folder, "vault.sqlite") });
  test.after(() => vault.close());
  const records = await Promise.all(Array.from({ length: tokens }, (_, index) => sealed(index)));
  await vault.mutate((view) => {
    for (const [id, record] of records) view.set(id, record);
  });
  const newKid = await rotateKeys(keyFile, ports);
  now += 10_000;
  return { clock, ports, keyFile, oldKid, newKid, crypto, store: vault, sealed };

  async function sealed(index: number, value = `${index}@example.org`): Promise<[string, TokenRecord]> {
    const id = `tok_email_${index.toString(16).padStart(16, "0")}`;
    const aad = tokenAssociatedData(id, "email");
    // Every tenth is past its retention.
    const expiresAt = index % 10 === 9 ? "2029-12-31T00:00:00.000Z" : "2031-01-01T00:00:00.000Z";
    const envelope = await crypto.encrypt({ plaintext: value, aad, expiresAt });
    const metadata = { path: "", ruleId: "email" };
    return [id, { type: "email", createdAt: "2029-12-01T00:00:00.000Z", expiresAt, metadata, envelope, aad }];
  }
}

type RotatedVault = Awaited<ReturnType<typeof rotatedVault>>;

/** Values by token, of those that are still good. */
async function valuesIn({ store, crypto, clock }: RotatedVault): Promise<Map<string, string>> {
  const entries = await store.read((snapshot) => [...snapshot.entries()]);
  const now = new Date(clock.now()).toISOString();
  const good = entries.filter(([, { expiresAt }]) => expiresAt > now);
  return new Map(
    await Promise.all(good.map(async ([id, record]) => [id, await openRecord(crypto, id, record)] as const)),
  );
}

async function sealedUnder({ store }: RotatedVault, kid: string): Promise<number> {
  return await store.read(
    (snapshot) => [...snapshot.entries()].filter(([, record]) => record.envelope.kid === kid).length,
  );
}

describe("resealRecords", () => {
  for (const [name, store] of [
    ["SQLite", undefined],
    ["memory", createMemoryTokenStore],
  ] as const) {
    it(`seals every good token of a store in ${name} under the active key, so that the old one can go`, async (test) => {
      const vault = await rotatedVault(test, store === undefined ? {} : { store: store() });
      const before = await valuesIn(vault);
      const { kid, ...counts } = await resealRecords(vault);
      assert.equal(kid, vault.newKid);
      assert.deepEqual(counts, { resealed: 900, current: 0, expired: 100, unopened: 0 });
      await destroyKey(vault.keyFile, vault.oldKid, vault.ports);
      const crypto = createLocalCryptoProvider({ keyFile: vault.keyFile, ...vault.ports });
      assert.deepEqual(await valuesIn({ ...vault, crypto }), before);
    });
  }

  it("keeps everything of a record but its envelope", async (test) => {
    const vault = await rotatedVault(test, { tokens: 1 });
    const read = () => vault.store.read((snapshot) => [...snapshot.entries()][0]![1]);
    const { envelope, ...before } = await read();
    await resealRecords(vault);
    const { envelope: resealed, ...after } = await read();
    assert.deepEqual(after, before);
    assert.equal(resealed.expiresAt, envelope.expiresAt);
    assert.notEqual(resealed.ct, envelope.ct);
  });

  it("does the rest when it was cut off behind any batch", async (test) => {
    const vault = await rotatedVault(test);
    const before = await valuesIn(vault);
    for (let run = 1; run <= 5; run++) {
      let batches = 0;
      const failing: TokenStore = {
        ...vault.store,
        mutate: (work) => (++batches > 1 ? Promise.reject(new Error("the process ends")) : vault.store.mutate(work)),
      };
      // The last run has one batch left, and so is not cut off.
      if (run < 5) await assert.rejects(resealRecords({ ...vault, store: failing }), /the process ends/);
      else await resealRecords({ ...vault, store: failing });
      assert.deepEqual(await valuesIn(vault), before);
    }
    assert.equal(await sealedUnder(vault, vault.oldKid), 100);
    assert.equal((await resealRecords(vault)).resealed, 0);
  });

  it("leaves to others what they change or delete meanwhile", async (test) => {
    const vault = await rotatedVault(test, { tokens: 5 });
    const [changedId, changed] = await vault.sealed(0, "other@example.org");
    const [deletedId] = await vault.sealed(1);
    let isFirst = true;
    const shared: TokenStore = {
      ...vault.store,
      async mutate(work) {
        if (isFirst) {
          isFirst = false;
          await vault.store.mutate((view) => {
            view.set(changedId, changed);
            view.delete(deletedId);
          });
        }
        return await vault.store.mutate(work);
      },
    };
    assert.equal((await resealRecords({ ...vault, store: shared })).resealed, 3);
    const values = await valuesIn(vault);
    assert.equal(values.get(changedId), "other@example.org");
    assert.ok(!values.has(deletedId));
  });

  it("counts what no key opens, and says how far it has come", async (test) => {
    const vault = await rotatedVault(test, { tokens: 450 });
    const [id, record] = await vault.sealed(0);
    await vault.store.mutate((view) => view.set(id, { ...record, envelope: { ...record.envelope, kid: "gone" } }));
    const looked: number[] = [];
    const { unopened } = await resealRecords(vault, (tokens) => looked.push(tokens));
    assert.equal(unopened, 1);
    assert.deepEqual(looked, [200, 400, 450]);
  });

  it("refuses a store that does not list its tokens in order, instead of going round for ever", async (test) => {
    const vault = await rotatedVault(test, { tokens: 300 });
    const unordered: TokenStore = {
      ...vault.store,
      read: (work) => vault.store.read((snapshot) => work({ ...snapshot, entries: () => snapshot.entries() })),
    };
    await assert.rejects(resealRecords({ ...vault, store: unordered }), (error) =>
      isHaechiError(error, "PROVIDER_INVALID"),
    );
  });
});
