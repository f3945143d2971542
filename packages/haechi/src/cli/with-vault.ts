import type { Config } from "../config/schema.ts";
import type { TokenVault } from "../engine/token-vault.ts";
import { createRuntime } from "../runtime/create-runtime.ts";
import type { CliIo } from "./io.ts";
import { passphraseFor } from "./key-passphrase.ts";

/** Gives `work` the vault of a configuration, and lets go of its files afterwards. */
export async function withVault<T>(config: Config, io: CliIo, work: (vault: TokenVault) => Promise<T>): Promise<T> {
  const runtime = createRuntime(config, {}, await passphraseFor(config, io));
  try {
    return await work(runtime.vault);
  } finally {
    await runtime.close();
  }
}
