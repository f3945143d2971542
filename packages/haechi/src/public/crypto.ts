export { encodeAssociatedData } from "../core/crypto/associated-data.ts";
export { canonicalJson } from "../core/crypto/canonical-json.ts";
export type { AssociatedData, Envelope } from "../core/crypto/envelope.ts";
export { parseEnvelope } from "../core/crypto/parse-envelope.ts";
export type { CryptoProvider } from "../ports/crypto-provider.ts";
export {
  describeKeyFile,
  type InitKeyFileOptions,
  initKeyFile,
  type KeyFileDescription,
} from "../providers/crypto/key-file.ts";
export { createWrappingKeys, type PassphraseSource, type WrappingKeys } from "../providers/crypto/key-wrapping.ts";
export {
  createLocalCryptoProvider,
  type LocalCryptoOptions,
  type LocalCryptoProvider,
} from "../providers/crypto/local-crypto-provider.ts";
export { type NonceBudget, readNonceBudget } from "../providers/crypto/nonce-budget.ts";
