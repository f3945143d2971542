import { join } from "node:path";
import type { ConfigInput } from "../../src/config/schema.ts";

/** Where the log of `stateIn` stands. */
export const auditPathIn = (folder: string): string => join(folder, "audit.jsonl");

/** The part of a configuration that keeps keys, audit log and vault of a gateway in a folder. */
export function stateIn(folder: string): Pick<ConfigInput, "keys" | "audit" | "tokenVault"> {
  return {
    keys: { keyFile: join(folder, "keys.json") },
    audit: { path: auditPathIn(folder) },
    tokenVault: { path: join(folder, "vault.sqlite") },
  };
}
