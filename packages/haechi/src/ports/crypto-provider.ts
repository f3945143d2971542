import type { AssociatedData, Envelope } from "../core/crypto/envelope.ts";

/** Custody of keys: encrypts, decrypts and hashes with keys that never leave it. */
export interface CryptoProvider {
  /** Two calls with the same plaintext give different envelopes. */
  encrypt(input: {
    readonly plaintext: string;
    readonly aad: AssociatedData;
    /** ISO 8601; opening is refused at or after it. */
    readonly expiresAt?: string;
  }): Promise<Envelope>;
  /** @throws HaechiError ENVELOPE_REJECTED when anything about the envelope or its associated data differs. */
  decrypt(input: { readonly envelope: Envelope; readonly aad: AssociatedData }): Promise<string>;
  /** Hex HMAC-SHA-256 under a key of its own per domain. Needed only by bearer auth and deterministic tokens. */
  hmac?(input: { readonly data: string; readonly domain: string }): Promise<string>;
}
