import type { AssociatedData } from "../../core/crypto/envelope.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { TokenRecord } from "../../ports/token-store.ts";

/** What the records of the vault are sealed for, and its name in the audit log. */
export const VAULT_PURPOSE = "token-vault";

/** An id of a vault token; its group is the entity type (specs/vault-token.md). */
export const TOKEN_ID = /^tok_([a-z][a-z0-9_]{0,63})_[0-9a-f]{16}(?:[0-9a-f]{16})?$/;

/** What binds a ciphertext to its token. */
export function tokenAssociatedData(token: string, type: string): AssociatedData {
  return { purpose: VAULT_PURPOSE, token, type };
}

/**
 * Opens a record under the id it stands at: one that was copied to another id does not open.
 * @throws HaechiError ENVELOPE_REJECTED
 */
export async function openRecord(
  crypto: CryptoProvider,
  id: string,
  { type, envelope, aad }: Pick<TokenRecord, "type" | "envelope" | "aad">,
): Promise<string> {
  if (aad.purpose !== VAULT_PURPOSE || aad.token !== id || aad.type !== type) {
    throw new HaechiError("ENVELOPE_REJECTED", "The record belongs to another token");
  }
  try {
    return await crypto.decrypt({ envelope, aad });
  } catch (error) {
    if (!isHaechiError(error, "DOCUMENT_TOO_DEEP")) throw error;
    throw new HaechiError("ENVELOPE_REJECTED", "The associated data of the record is nested too deep");
  }
}
