import { existsSync } from "node:fs";
import type { Config } from "../config/schema.ts";
import { HaechiError, isHaechiError } from "../core/errors.ts";
import { readLogLines } from "../providers/storage/audit-lines.ts";
import { openVaultFile } from "../providers/storage/vault-file.ts";

/**
 * Makes sure that no keys are missed where there is no key file. Beside what lost keys have sealed, new ones would
 * look as if all were well, and what is in the vault could never be opened.
 * @param isAsked somebody asks for new keys; then an audit log that names others does not matter
 * @throws HaechiError KEY_FILE_INVALID
 */
export async function refuseNewKeysBesideOld({ keys, tokenVault, audit }: Config, isAsked = false): Promise<void> {
  const why = whyVault(tokenVault.path) ?? (isAsked ? null : await whyAuditLog(audit.path));
  // Another process may just have made it, and the first token with it.
  if (why === null || existsSync(keys.keyFile)) return;
  throw new HaechiError("KEY_FILE_INVALID", `keys.keyFile: ${keys.keyFile} does not exist, and ${why}`, {
    reason: "key_file_lost",
  });
}

function whyVault(path: string): string | null {
  const found = describeVault(path);
  if (found === null) return null;
  return (
    `${found}; put the key file back from a backup, or move the vault away, or replace configuration and keys ` +
    "with `haechi init --force`: its tokens can then never be opened"
  );
}

async function whyAuditLog(path: string): Promise<string | null> {
  if (!(await namesKeys(path))) return null;
  return (
    `the audit log at audit.path (${path}) names keys that were in it; put the key file back from a backup, or make ` +
    "new keys with `haechi init --rotate-key`: bearer tokens and the hashes of callers are other ones from then on"
  );
}

function describeVault(path: string): string | null {
  if (!existsSync(path)) return null;
  const place = `the vault at tokenVault.path (${path})`;
  try {
    const vault = openVaultFile(path);
    try {
      for (const _ of vault.entries()) return `${place} holds tokens that only its keys open`;
      return null;
    } finally {
      vault.close();
    }
  } catch (error) {
    if (!isHaechiError(error)) throw error;
    return `${place} cannot be read, so it may hold tokens that only its keys open`;
  }
}

/** A key is named where somebody changed it. In a line of JSON a quote within a text is escaped, so this is a member. */
const NAMED_KEY = Buffer.from('"kid":"');

async function namesKeys(path: string): Promise<boolean> {
  try {
    for await (const lines of readLogLines(path)) {
      if (lines.some((line) => Buffer.from(line.buffer, line.byteOffset, line.byteLength).includes(NAMED_KEY)))
        return true;
    }
  } catch (error) {
    // A log that cannot be read is told of where it is opened for writing; there it stops everything.
    const isOfSystem = error instanceof Error && error.cause instanceof Error && "syscall" in error.cause;
    if (!isOfSystem) throw error;
  }
  return false;
}
