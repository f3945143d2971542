import fs from "node:fs";
import { HaechiError } from "../../core/errors.ts";
import { atomicWrite } from "../storage/atomic-write.ts";
import { describeKeyFile } from "./key-file.ts";
import type { KeyUse } from "./key-file-content.ts";
import { tryWhileLocked } from "./key-file-lock.ts";

/**
 * Session keys that may be derived from one key. A salt of 128 bits then repeats
 * with a chance below 2^-64; NIST SP 800-38D §8.3 asks for 2^-32.
 */
export const NONCE_BUDGET_LIMIT = 2 ** 32;
export const NONCE_BUDGET_WARNING = 2 ** 31;

/** How much of the active key's budget is spent. */
export interface NonceBudget {
  readonly kid: string;
  readonly used: number;
  readonly limit: number;
  readonly remaining: number;
  /** 0 to 1. */
  readonly usedFraction: number;
  readonly warnThreshold: number;
  readonly exhausted: boolean;
}

/**
 * The budget of the active key of a key file.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export function readNonceBudget(keyFile: string): NonceBudget {
  const use = describeKeyFile(keyFile);
  return describeBudget(use.activeKid, countUses(keyFile, use));
}

/**
 * Takes one derivation from the budget of the active key, durably, before it is
 * used. A process that finds another one counting goes on without; the limit
 * leaves room for that.
 * @throws HaechiError NONCE_BUDGET_SPENT, KEY_UNAVAILABLE
 */
export function spendNonceBudget(keyFile: string, use: KeyUse): NonceBudget & { readonly isPersisted: boolean } {
  const kid = use.activeKid;
  const before = countUses(keyFile, use);
  if (before >= NONCE_BUDGET_LIMIT) {
    throw new HaechiError("NONCE_BUDGET_SPENT", "The active key is used up; `haechi keys rotate` makes a new one");
  }
  const used = before + 1;
  let isPersisted = true;
  try {
    tryWhileLocked(keyFile, () => {
      const uses = { ...readUses(keyFile), [kid]: used };
      atomicWrite(usagePath(keyFile), `${JSON.stringify({ version: 1, uses })}\n`);
    });
  } catch (error) {
    if (error instanceof HaechiError) throw error;
    isPersisted = false;
  }
  return { ...describeBudget(kid, used), isPersisted };
}

function describeBudget(kid: string, used: number): NonceBudget {
  const limit = NONCE_BUDGET_LIMIT;
  return {
    kid,
    used,
    limit,
    remaining: Math.max(0, limit - used),
    usedFraction: Math.min(1, used / limit),
    warnThreshold: NONCE_BUDGET_WARNING,
    exhausted: used >= limit,
  };
}

function countUses(keyFile: string, use: KeyUse): number {
  const kid = use.activeKid;
  return Math.max(readUses(keyFile)[kid] ?? 0, use.countedUses.get(kid) ?? 0);
}

/** Apart from the key file, so that counting can never damage a key. */
function usagePath(keyFile: string): string {
  return `${keyFile}.usage`;
}

function readUses(keyFile: string): Record<string, number> {
  let text: string;
  try {
    text = fs.readFileSync(usagePath(keyFile), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw unreadable();
  }
  try {
    const { uses } = JSON.parse(text);
    const counts = Object.entries(uses);
    if (counts.every(([, count]) => Number.isSafeInteger(count))) return uses;
  } catch {
    // Reported below, without the parser's message.
  }
  throw unreadable();
}

// Atomic replacement leaves no broken file behind, so a broken one is not to be guessed over.
function unreadable(): HaechiError {
  return new HaechiError("KEY_UNAVAILABLE", "The usage counter beside the key file cannot be read");
}
