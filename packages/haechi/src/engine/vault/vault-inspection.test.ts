import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { TokenRecord } from "../../ports/token-store.ts";
import { initKeyFile } from "../../providers/crypto/key-file.ts";
import { createLocalCryptoProvider } from "../../providers/crypto/local-crypto-provider.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { inspectRecords } from "./vault-inspection.ts";
import { tokenAssociatedData } from "./vault-record.ts";

const ports = { clock: { now: () => Date.UTC(2030, 0, 1) }, random: systemRandom };
const id = (digit: number) => `tok_email_${String(digit).repeat(16)}`;

async function sealed(crypto: CryptoProvider, token: string, expiresAt: string): Promise<TokenRecord> {
  const aad = tokenAssociatedData(token, "email");
  const envelope = await crypto.encrypt({ plaintext: "x", aad, expiresAt });
  const metadata = { path: "", ruleId: "email" };
  return { type: "email", createdAt: "2029-12-01T00:00:00.000Z", expiresAt, metadata, envelope, aad };
}

describe("inspectRecords", () => {
  it("counts what opens, what does not, what is damaged and what is over, key by key", async (test) => {
    const folder = await tempFolder(test);
    const [ours, theirs] = await Promise.all(
      ["ours.json", "theirs.json"].map(async (name) => {
        const keyFile = join(folder, name);
        const { kid } = await initKeyFile(keyFile, ports);
        return { kid, crypto: createLocalCryptoProvider({ keyFile, ...ports }) };
      }),
    );
    const [soon, past] = ["2030-02-01T00:00:00.000Z", "2030-01-01T00:00:00.000Z"];
    const good = await sealed(ours!.crypto, id(1), soon);
    const entries = [
      [id(1), good],
      [id(2), good],
      [id(3), await sealed(theirs!.crypto, id(3), soon)],
      [id(4), await sealed(theirs!.crypto, id(4), past)],
      [id(5), null],
      ["no token id", good],
    ] as const;
    assert.deepEqual(await inspectRecords(entries, { ...ports, crypto: ours!.crypto }), {
      tokens: 6,
      expired: 1,
      damaged: 2,
      unopened: 2,
      byKey: { [ours!.kid]: 2, [theirs!.kid]: 1 },
    });
  });

  it("does not take keys that cannot be used for tokens that do not open", async () => {
    const crypto: CryptoProvider = {
      encrypt: () => Promise.reject(new Error("not asked")),
      decrypt: () => Promise.reject(new HaechiError("KEY_UNAVAILABLE", "gone")),
    };
    const envelope = { v: 2, alg: "AES-256-GCM", kid: "k", iv: "i", ct: "c", tag: "t" } as const;
    const record = { type: "email", createdAt: "", expiresAt: "2031", metadata: { path: "", ruleId: "" }, envelope };
    const entries = [[id(1), { ...record, aad: tokenAssociatedData(id(1), "email") }]] as const;
    await assert.rejects(inspectRecords(entries, { ...ports, crypto }), (error) =>
      isHaechiError(error, "KEY_UNAVAILABLE"),
    );
  });
});
