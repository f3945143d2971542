// A vault on the files of a folder, without the rest of a runtime.
import { join } from "node:path";
import { createTokenVault, type TokenVault } from "../../src/engine/vault/token-vault.ts";
import type { CryptoProvider } from "../../src/ports/crypto-provider.ts";
import { createLocalCryptoProvider } from "../../src/providers/crypto/local-crypto-provider.ts";
import { createSqliteTokenStore } from "../../src/providers/storage/sqlite-token-store.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";

const ports = { clock: systemClock, random: systemRandom };

export interface OpenVault {
  readonly path: string;
  readonly vault: TokenVault;
  readonly crypto: CryptoProvider;
  close(): Promise<void>;
}

export function openVault(folder: string): OpenVault {
  const path = join(folder, "vault.sqlite");
  const crypto = createLocalCryptoProvider({ keyFile: join(folder, "keys.json"), ...ports });
  const store = createSqliteTokenStore({ path });
  const vault = createTokenVault({
    store,
    crypto,
    audit: {
      record: () => Promise.reject(new Error("issuing a token is no event of its own")),
      ready: async () => ({ ok: true }),
      close: async () => undefined,
    },
    ...ports,
    retentionDays: 30,
    deterministic: false,
    deterministicTypes: null,
    revealPolicy: "disabled",
  });
  return { path, vault, crypto, close: () => store.close() };
}
