import type { Config } from "../config/schema.ts";
import type { TokenVault } from "../engine/vault/token-vault.ts";
import type { CliIo } from "./io.ts";
import { withRuntime } from "./with-runtime.ts";

/** Gives `work` the vault of a configuration, and lets go of its files afterwards. */
export function withVault<T>(config: Config, io: CliIo, work: (vault: TokenVault) => Promise<T>): Promise<T> {
  return withRuntime(config, io, ({ vault }) => work(vault));
}
