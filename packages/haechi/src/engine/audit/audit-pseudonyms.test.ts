import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import type { AuditIdentity } from "../../core/audit/event.ts";
import { sampleDecisionEvent, sampleProtectEvent } from "../../core/audit/sample-events.oracle.ts";
import { isHaechiError } from "../../core/errors.ts";
import { initKeyFile } from "../../providers/crypto/key-file.ts";
import { createLocalCryptoProvider } from "../../providers/crypto/local-crypto-provider.ts";
import { verifyAuditFile } from "../../providers/storage/audit-reader.ts";
import { createFileAuditStore } from "../../providers/storage/file-audit-store.ts";
import { createSqlitePseudonymStore } from "../../providers/storage/sqlite-pseudonym-store.ts";
import { systemClock } from "../../providers/system/system-clock.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { createAuditLog } from "./audit-log.ts";
import { createAuditPseudonyms } from "./audit-pseudonyms.ts";

const ports = { clock: systemClock, random: systemRandom };
const KIM = identity("tok_auth_0123abcd", "a");
const LEE = identity("tok_auth_4567cdef", "b");

function identity(id: string, digit: string): AuditIdentity {
  return { id, type: "user", subjectHash: digit.repeat(64), issuerHash: null, provider: "bearer" };
}

/** A log under pseudonyms; `open` gives a further process on the same files. */
async function pseudonymousLog(test: TestContext) {
  const folder = await tempFolder(test);
  const keyFile = join(folder, "keys.json");
  await initKeyFile(keyFile, ports);
  const path = join(folder, "audit.jsonl");
  const storePath = join(folder, "pseudonyms.sqlite");
  const open = () => {
    const pseudonyms = createAuditPseudonyms({
      store: createSqlitePseudonymStore({ path: storePath }),
      crypto: createLocalCryptoProvider({ keyFile, ...ports }),
      audit: createAuditLog({ store: createFileAuditStore({ path }), ...ports }),
      ...ports,
    });
    test.after(() => pseudonyms.audit.close());
    return pseudonyms;
  };
  const entries = () =>
    fs
      .readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  const filesWith = (bytes: string | Uint8Array) =>
    fs.readdirSync(folder).filter((name) => fs.readFileSync(join(folder, name)).includes(bytes));
  return { path, storePath, open, entries, filesWith };
}

describe("createAuditPseudonyms", () => {
  it("names a caller the same each time, others otherwise, and nobody by their name", async (test) => {
    const { open, entries, filesWith } = await pseudonymousLog(test);
    const { audit } = open();
    await audit.record({ ...sampleProtectEvent(1), identity: KIM });
    await audit.record(sampleDecisionEvent(2, { identity: LEE }));
    await audit.record(sampleDecisionEvent(3, { identity: KIM }));
    await audit.record(sampleProtectEvent(4));
    const [first, second, third, fourth] = entries().map((entry) => entry.identity);
    assert.match(first.id, /^psn_[0-9a-f]{32}$/);
    assert.match(first.subjectHash, /^[0-9a-f]{64}$/);
    assert.deepEqual([first.type, first.issuerHash, first.provider], ["user", null, "bearer"]);
    assert.deepEqual(third, first);
    assert.notEqual(second.id, first.id);
    assert.notEqual(second.subjectHash, first.subjectHash);
    assert.equal(fourth, null);
    for (const { id, subjectHash } of [KIM, LEE]) {
      assert.deepEqual([...filesWith(id), ...filesWith(subjectHash!)], []);
    }
  });

  it("forgets a caller: no byte of the log changes, it verifies, and later entries are somebody else's", async (test) => {
    const { path, open, entries } = await pseudonymousLog(test);
    const { audit, forget, lookUp } = open();
    await audit.record({ ...sampleProtectEvent(1), identity: KIM });
    await audit.record({ ...sampleProtectEvent(2), identity: LEE });
    const before = fs.readFileSync(path);
    const [kim, lee] = entries().map((entry) => entry.identity.id);
    assert.equal(await lookUp(KIM), kim);
    assert.equal(await forget(KIM), true);
    assert.equal(await lookUp(KIM), null);
    assert.equal(await forget(KIM), false);
    assert.ok(fs.readFileSync(path).subarray(0, before.length).equals(before));
    await audit.record({ ...sampleProtectEvent(3), identity: KIM });
    await audit.record({ ...sampleProtectEvent(4), identity: LEE });
    const after = entries()
      .slice(-2)
      .map((entry) => entry.identity);
    assert.notEqual(after[0].id, kim);
    assert.equal(after[1].id, lee);
    assert.equal((await verifyAuditFile(path)).valid, true);
  });

  it("records that somebody was forgotten or looked up, and not who", async (test) => {
    const { open, entries, filesWith } = await pseudonymousLog(test);
    const { audit, forget, lookUp } = open();
    await audit.record({ ...sampleProtectEvent(1), identity: KIM });
    const [{ identity: named }] = entries();
    await lookUp(KIM);
    await forget(KIM);
    await forget(LEE);
    const outcomes = entries()
      .slice(1)
      .map(({ decision, reason, count = null, identity: whose }) => [decision, reason, count, whose]);
    assert.deepEqual(outcomes, [
      ["pseudonym_looked_up", "look_up_started", null, null],
      ["pseudonym_looked_up", "look_up_done", 1, null],
      ["identity_forgotten", "forget_started", null, null],
      ["identity_forgotten", "forget_done", 1, null],
      ["identity_forgotten", "forget_started", null, null],
      ["identity_forgotten", "forget_done", 0, null],
    ]);
    assert.ok(!JSON.stringify(entries().slice(1)).includes(named.id));
    assert.deepEqual(filesWith(KIM.id), []);
  });

  it("leaves nothing of the key on the disk, while another process has the store open", async (test) => {
    const { storePath, open, filesWith } = await pseudonymousLog(test);
    const [one, other] = [open(), open()];
    await one.audit.record({ ...sampleProtectEvent(1), identity: KIM });
    await other.audit.record({ ...sampleProtectEvent(2), identity: LEE });
    const keys = new Map<string, Uint8Array>();
    const database = new DatabaseSync(storePath, { readOnly: true });
    for (const row of database.prepare("SELECT lookup, key FROM pseudonyms").iterate()) {
      if (row.key instanceof Uint8Array) keys.set(String(row.lookup), row.key);
    }
    database.close();
    assert.equal(keys.size, 2);
    for (const key of keys.values()) assert.ok(filesWith(key).length > 0);
    assert.equal(await one.forget(KIM), true);
    const left = [...keys.values()].filter((key) => filesWith(key).length > 0);
    assert.equal(left.length, 1);
  });

  it("is one for all processes: what one forgets, the others have forgotten", async (test) => {
    const { open, entries } = await pseudonymousLog(test);
    const [one, other] = [open(), open()];
    await Promise.all(
      [one, other].map((process, index) => process.audit.record({ ...sampleProtectEvent(index), identity: KIM })),
    );
    const [first, second] = entries().map((entry) => entry.identity.id);
    assert.equal(first, second);
    await one.forget(KIM);
    await other.audit.record({ ...sampleProtectEvent(3), identity: KIM });
    assert.notEqual(entries().at(-1).identity.id, first);
  });

  it("records nothing of a caller when the store cannot be used, and says that it is not ready", async (test) => {
    const { storePath, open, path } = await pseudonymousLog(test);
    fs.writeFileSync(storePath, "no database at all, but long enough to be looked at");
    const { audit } = open();
    await assert.rejects(audit.record({ ...sampleProtectEvent(1), identity: KIM }), (error) =>
      isHaechiError(error, "AUDIT_UNWRITABLE"),
    );
    assert.deepEqual(await audit.ready(), { ok: false, reason: "pseudonyms_unavailable" });
    assert.ok(!fs.existsSync(path));
  });

  it("needs a crypto provider with keyed hashes", () => {
    const audit = createAuditLog({ store: createFileAuditStore({ path: "unused" }), ...ports });
    const store = createSqlitePseudonymStore({ path: "unused" });
    const crypto = { encrypt: () => Promise.reject(), decrypt: () => Promise.reject() };
    assert.throws(
      () => createAuditPseudonyms({ store, crypto, audit, ...ports }),
      (error) => isHaechiError(error, "PROVIDER_INVALID"),
    );
  });
});
