import type { CryptoProvider } from "../ports/crypto-provider.ts";

/**
 * A provider that gives the same ciphertext for the same text, so that what is said twice in
 * one stream, in its pieces and as a whole, is replaced by the same. To be used for one stream
 * and one purpose: elsewhere it would tell that two texts are equal.
 */
export function encryptOnce(crypto: CryptoProvider): CryptoProvider {
  const known = new Map<string, ReturnType<CryptoProvider["encrypt"]>>();
  return {
    decrypt: (input) => crypto.decrypt(input),
    encrypt(input) {
      let encrypted = known.get(input.plaintext);
      if (encrypted === undefined) {
        encrypted = crypto.encrypt(input);
        if (known.size >= KNOWN_MAX) known.delete(known.keys().next().value!);
        known.set(input.plaintext, encrypted);
      }
      return encrypted;
    },
  };
}

const KNOWN_MAX = 1024;
