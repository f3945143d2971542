export {
  createTokenVault,
  type TokenMetadata,
  type TokenVault,
  type TokenVaultOptions,
  type VaultContext,
} from "../engine/vault/token-vault.ts";
export type { IssuedToken, TokenizeRequest } from "../engine/vault/vault-issue.ts";
export type { TokenRecord, TokenStore, TokenStoreSnapshot, TokenStoreView } from "../ports/token-store.ts";
export { createMemoryTokenStore } from "../providers/storage/memory-token-store.ts";
export { createSqliteTokenStore, type SqliteTokenStoreOptions } from "../providers/storage/sqlite-token-store.ts";
