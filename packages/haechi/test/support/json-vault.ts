import { createCipheriv, hash, randomBytes } from "node:crypto";
import { canonicalJson } from "../../src/core/crypto/canonical-json.ts";

/** A key as a key file holds it. */
export interface VaultKey {
  readonly kid: string;
  /** base64url. */
  readonly k: string;
}

/** Records of a vault of the published format that hold addresses, by the ids of their tokens. */
export function jsonVaultTokens({ kid, k }: VaultKey, addresses: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(addresses).map(([id, address]) => [id, recordOf(id, address)]));

  function recordOf(id: string, address: string) {
    const aad = { purpose: "token-vault", token: id, type: "email", context: { correlationId: "c" } };
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", Buffer.from(k, "base64url"), iv);
    cipher.setAAD(Buffer.from(canonicalJson(aad)));
    const ct = Buffer.concat([cipher.update(address), cipher.final()]).toString("base64url");
    const tag = cipher.getAuthTag().toString("base64url");
    const aadHash = hash("sha256", canonicalJson(aad), "base64url");
    const envelope = { v: 1, alg: "AES-256-GCM", kid, iv: iv.toString("base64url"), ct, tag, aadHash };
    const [createdAt, expiresAt] = [new Date().toISOString(), new Date(Date.now() + 1e9).toISOString()];
    return { type: "email", createdAt, expiresAt, metadata: { path: "a", ruleId: "email" }, envelope, aad };
  }
}
