import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StatementSync } from "node:sqlite";
import { describe, it, mock } from "node:test";
import fc from "fast-check";
import type { Envelope } from "../../core/crypto/envelope.ts";
import { HaechiError, type HaechiErrorCode, isHaechiError } from "../../core/errors.ts";
import type { AuditSink } from "../../ports/audit-sink.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { TokenStore } from "../../ports/token-store.ts";
import { initKeyFile } from "../../providers/crypto/key-file.ts";
import { createLocalCryptoProvider } from "../../providers/crypto/local-crypto-provider.ts";
import { createMemoryTokenStore } from "../../providers/storage/memory-token-store.ts";
import { createSqliteTokenStore } from "../../providers/storage/sqlite-token-store.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { recordingSink } from "../audit/recording-sink.oracle.ts";
import { createTokenVault, type TokenVaultOptions } from "./token-vault.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Stands in for a key provider; keeps the text in a table, so that nothing can be opened by accident. */
function tableCrypto(): Required<CryptoProvider> {
  const sealed = new Map<string, { plaintext: string; aad: string }>();
  return {
    async encrypt({ plaintext, aad, expiresAt }) {
      const iv = randomBytes(12).toString("base64url");
      sealed.set(iv, { plaintext, aad: JSON.stringify(aad) });
      const envelope: Envelope = { v: 2, alg: "AES-256-GCM", kid: "k", iv, ct: "", tag: "" };
      return expiresAt === undefined ? envelope : { ...envelope, expiresAt };
    },
    async decrypt({ envelope, aad }) {
      const found = sealed.get(envelope.iv);
      if (found?.aad !== JSON.stringify(aad)) throw new HaechiError("ENVELOPE_REJECTED", "differs");
      return found.plaintext;
    },
    hmac: async ({ data, domain }) => createHmac("sha256", domain).update(data).digest("hex"),
  };
}

function openVault(changes: Partial<TokenVaultOptions> = {}) {
  let now = Date.UTC(2030, 0, 1);
  const { audit, events } = recordingSink();
  const store = changes.store ?? createMemoryTokenStore();
  const vault = createTokenVault({
    store,
    crypto: tableCrypto(),
    audit,
    clock: { now: () => now },
    random: systemRandom,
    retentionDays: 30,
    deterministic: false,
    deterministicTypes: null,
    revealPolicy: "local-dev",
    ...changes,
  });
  const outcomes = () => events.map(({ decision, reason, token, count }) => [decision, reason, token ?? count]);
  const pass = (ms: number) => {
    now += ms;
  };
  return { vault, store, events, outcomes, pass };
}

const request = (plaintext: string, type = "email") => ({ plaintext, type, path: "key_0123456789ab", ruleId: "email" });
const withCode = (code: HaechiErrorCode) => (error: unknown) => isHaechiError(error, code);

describe("tokenizeAll", () => {
  it("gives one token to one value, and gives the values back", async () => {
    const { vault } = openVault();
    const tokens = await vault.tokenizeAll([request("a@x.example"), request("b@x.example"), request("a@x.example")]);
    assert.deepEqual(
      tokens.map(({ plaintext }) => plaintext),
      ["a@x.example", "b@x.example", "a@x.example"],
    );
    assert.equal(tokens[0]!.id, tokens[2]!.id);
    assert.notEqual(tokens[0]!.id, tokens[1]!.id);
    for (const { id } of tokens) assert.match(id, /^tok_email_[0-9a-f]{16}$/);
    const values = await vault.detokenize(tokens.map(({ id }) => id));
    assert.deepEqual([...values.values()], ["a@x.example", "b@x.example"]);
  });

  it("keeps equal texts of two types apart", async () => {
    const { vault } = openVault({ deterministic: true });
    const [one, two] = await vault.tokenizeAll([request("1234", "phone"), request("1234", "us_ssn")]);
    assert.notEqual(one!.id.slice(-32), two!.id.slice(-32));
  });

  it("gives a value another random token in another document", async () => {
    const { vault } = openVault();
    const [[one], [two]] = [await vault.tokenizeAll([request("a")]), await vault.tokenizeAll([request("a")])];
    assert.notEqual(one!.id, two!.id);
  });

  it("gives equal values of the listed types equal tokens, and only those", async () => {
    const { vault } = openVault({ deterministic: true, deterministicTypes: ["email"] });
    const issue = async (type: string) => (await vault.tokenizeAll([request("same", type)]))[0]!.id;
    assert.equal(await issue("email"), await issue("email"));
    assert.match(await issue("email"), /^tok_email_[0-9a-f]{32}$/);
    assert.notEqual(await issue("phone"), await issue("phone"));
  });

  it("derives a deterministic token as the specification says", async () => {
    const { vault } = openVault({ deterministic: true });
    const [token] = await vault.tokenizeAll([request("a@x.example")]);
    const digest = createHmac("sha256", "haechi:token-vault:deterministic:v1")
      .update("email:a@x.example")
      .digest("hex");
    assert.equal(token!.id, `tok_email_${digest.slice(0, 32)}`);
  });

  it("gives a value that is seen again a new term and keeps its history", async () => {
    const { vault, pass } = openVault({ deterministic: true });
    await vault.tokenizeAll([request("a")]);
    pass(20 * DAY_MS);
    const [token] = await vault.tokenizeAll([{ ...request("a"), path: "elsewhere" }]);
    pass(20 * DAY_MS);
    assert.equal((await vault.reveal(token!.id)).plaintext, "a");
    assert.deepEqual(await vault.exportMetadata(), [
      {
        token: token!.id,
        type: "email",
        createdAt: "2030-01-01T00:00:00.000Z",
        expiresAt: "2030-02-20T00:00:00.000Z",
        path: "key_0123456789ab",
        ruleId: "email",
      },
    ]);
  });

  it("draws again when a random id is taken, and never overwrites", async () => {
    const drawn = [1, 1, 1, 2].map((byte) => Buffer.alloc(8, byte));
    const random = { bytes: () => drawn.shift()!, uuid: systemRandom.uuid };
    const { vault } = openVault({ random });
    const [one] = await vault.tokenizeAll([request("first")]);
    const [two] = await vault.tokenizeAll([request("second")]);
    assert.notEqual(one!.id, two!.id);
    assert.equal((await vault.reveal(one!.id)).plaintext, "first");
  });

  it("makes one change per document, and one statement run per further token", async () => {
    const directory = fs.mkdtempSync(join(tmpdir(), "haechi-vault-"));
    const { vault, store } = openVault({ store: createSqliteTokenStore({ path: join(directory, "vault.sqlite") }) });
    await vault.tokenizeAll([request("warm")]);
    const run = mock.method(StatementSync.prototype, "run");
    const get = mock.method(StatementSync.prototype, "get");
    const costs: number[] = [];
    for (let document = 0; document < 3; document++) {
      const before = run.mock.callCount() + get.mock.callCount();
      await vault.tokenizeAll(Array.from({ length: 1_000 }, (_, at) => request(`${document}-${at}`)));
      costs.push(run.mock.callCount() + get.mock.callCount() - before);
    }
    run.mock.restore();
    get.mock.restore();
    // How long to wait, BEGIN, how long again, SAVEPOINT, prune, RELEASE, COMMIT; and for each token one look and one insert.
    assert.deepEqual(costs, [2_007, 2_007, 2_007]);
    await store.close();
    fs.rmSync(directory, { recursive: true });
  });

  it("writes no value in clear to the disk", async () => {
    const directory = fs.mkdtempSync(join(tmpdir(), "haechi-vault-"));
    const keyFile = join(directory, "keys.json");
    const ports = { clock: { now: () => Date.UTC(2030, 0, 1) }, random: systemRandom };
    await initKeyFile(keyFile, ports);
    const store = createSqliteTokenStore({ path: join(directory, "vault.sqlite") });
    const { vault } = openVault({ store, crypto: createLocalCryptoProvider({ keyFile, ...ports }) });
    const plaintext = ["someone", "private.example"].join("@");
    const [token] = await vault.tokenizeAll([request(plaintext)]);
    for (const file of fs.readdirSync(directory)) {
      assert.ok(!fs.readFileSync(join(directory, file)).includes(plaintext), file);
    }
    assert.equal((await vault.reveal(token!.id)).plaintext, plaintext);
    await store.close();
    fs.rmSync(directory, { recursive: true });
  });
});

describe("retention", () => {
  it("ends with the term: the token is refused, and gone after the next change", async () => {
    const { vault, pass, store } = openVault();
    const [token] = await vault.tokenizeAll([request("a")]);
    pass(30 * DAY_MS);
    await assert.rejects(vault.reveal(token!.id), withCode("TOKEN_EXPIRED"));
    assert.equal((await vault.detokenize([token!.id])).size, 0);
    await vault.tokenizeAll([request("b")]);
    assert.equal(await store.read((snapshot) => snapshot.get(token!.id)), undefined);
  });

  it("may be longer than a calendar reaches", async () => {
    const { vault } = openVault({ retentionDays: 1e9 });
    const [token] = await vault.tokenizeAll([request("a")]);
    assert.equal((await vault.reveal(token!.id)).plaintext, "a");
  });

  it("ends for all that are due when asked, and counts them", async () => {
    const { vault, pass, outcomes } = openVault();
    await vault.tokenizeAll([request("a"), request("b")]);
    pass(30 * DAY_MS);
    assert.equal(await vault.purgeExpired(), 2);
    assert.deepEqual(outcomes(), [["purge_expired", "purge_expired", 2]]);
  });
});

describe("reveal", () => {
  it("is refused while the policy is disabled, and recorded", async () => {
    const { vault, outcomes } = openVault({ revealPolicy: "disabled" });
    const [token] = await vault.tokenizeAll([request("a")]);
    await assert.rejects(vault.reveal(token!.id), withCode("REVEAL_DISABLED"));
    assert.deepEqual(outcomes(), [["reveal_denied", "reveal_disabled", token!.id]]);
  });

  it("records before it tells, and tells nothing that it cannot record", async () => {
    const audit: AuditSink = {
      record: () => Promise.reject(new HaechiError("AUDIT_UNWRITABLE", "full")),
      ready: async () => ({ ok: false }),
      close: async () => {},
    };
    const { vault } = openVault({ audit });
    const [token] = await vault.tokenizeAll([request("a")]);
    await assert.rejects(vault.reveal(token!.id), withCode("AUDIT_UNWRITABLE"));
    await assert.rejects(vault.detokenize([token!.id]), withCode("AUDIT_UNWRITABLE"));
    await assert.rejects(vault.purge(token!.id), withCode("AUDIT_UNWRITABLE"));
    assert.equal((await vault.knows([token!.id])).size, 1);
  });

  it("records who asked and in which exchange", async () => {
    const { vault, events } = openVault();
    const [token] = await vault.tokenizeAll([request("a")]);
    const correlationId = systemRandom.uuid();
    await vault.reveal(token!.id, { correlationId, profile: "support" });
    assert.deepEqual(
      [events[0]?.decision, events[0]?.correlationId, events[0]?.profile, events[0]?.operation],
      ["reveal_allowed", correlationId, "support", "token-vault:reveal"],
    );
  });

  it("records an unknown token by its id when it looks like ours", async () => {
    const { vault, outcomes } = openVault();
    const id = `tok_email_${"0".repeat(16)}`;
    await assert.rejects(vault.reveal(id), withCode("TOKEN_UNKNOWN"));
    assert.deepEqual(outcomes(), [["reveal_failed", "unknown_token", id]]);
  });

  it("records text that is no token by a keyed hash only", async () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom("my-secret", `tok_my_secret_name_${"a".repeat(16)}`, "tok_email_zz"),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { vault, events } = openVault();
        await assert.rejects(vault.reveal(text), withCode("TOKEN_UNKNOWN"));
        assert.match(events[0]?.token ?? "", /^nontoken_[0-9a-f]{32}$/);
      }),
    );
  });

  it("refuses a record that was copied to another id", async () => {
    const { vault, store, outcomes } = openVault();
    const [one, two] = await vault.tokenizeAll([request("one"), request("two")]);
    await store.mutate((view) => view.set(one!.id, view.get(two!.id)!));
    await assert.rejects(vault.reveal(one!.id), withCode("ENVELOPE_REJECTED"));
    assert.deepEqual(outcomes(), [["reveal_failed", "decrypt_failed", one!.id]]);
  });

  it("records when the store fails, without a word about why", async () => {
    const store: TokenStore = {
      mutate: () => Promise.reject(new Error("x")),
      read: () => Promise.reject(new HaechiError("TOKEN_STORE_UNAVAILABLE", "disk")),
      close: async () => {},
    };
    const { vault, outcomes } = openVault({ store });
    await assert.rejects(vault.reveal(`tok_email_${"0".repeat(16)}`), withCode("TOKEN_STORE_UNAVAILABLE"));
    assert.equal(outcomes()[0]?.[1], "reveal_error");
  });
});

describe("detokenize", () => {
  it("leaves out what is unknown, expired or no token, and records the number", async () => {
    const { vault, outcomes } = openVault();
    const [token] = await vault.tokenizeAll([request("a")]);
    const values = await vault.detokenize([token!.id, token!.id, `tok_email_${"0".repeat(16)}`, "junk"]);
    assert.deepEqual([...values], [[token!.id, "a"]]);
    assert.deepEqual(outcomes(), [["detokenize", "detokenize", 1]]);
  });
});

describe("knows", () => {
  it("knows what it has issued and nothing that only looks like it", async () => {
    const { vault } = openVault();
    const [token] = await vault.tokenizeAll([request("a")]);
    const asked = [token!.id, `tok_email_${"0".repeat(16)}`, "junk", ""];
    assert.deepEqual([...(await vault.knows(asked))], [token!.id]);
  });
});

describe("purge", () => {
  it("deletes a token once, and records each attempt", async () => {
    const { vault, outcomes } = openVault();
    const [token] = await vault.tokenizeAll([request("a")]);
    assert.equal(await vault.purge(token!.id), true);
    assert.equal(await vault.purge(token!.id), false);
    assert.deepEqual(outcomes(), [
      ["purge", "purged", token!.id],
      ["purge", "unknown_token", token!.id],
    ]);
  });
});

describe("exportMetadata", () => {
  it("lists tokens of a type without values and envelopes", async () => {
    const { vault } = openVault();
    await vault.tokenizeAll([request("a"), request("010", "phone")]);
    const [entry, ...others] = await vault.exportMetadata({ type: "phone" });
    assert.equal(others.length, 0);
    assert.deepEqual(Object.keys(entry!).sort(), ["createdAt", "expiresAt", "path", "ruleId", "token", "type"]);
  });
});

describe("createTokenVault", () => {
  it("refuses deterministic tokens without keyed hashes, and does without them otherwise", async () => {
    const { encrypt, decrypt } = tableCrypto();
    assert.throws(() => openVault({ crypto: { encrypt, decrypt }, deterministic: true }), withCode("PROVIDER_INVALID"));
    const { vault, events } = openVault({ crypto: { encrypt, decrypt } });
    await assert.rejects(vault.reveal("junk"), withCode("TOKEN_UNKNOWN"));
    assert.equal(events[0]?.token, undefined);
  });
});
