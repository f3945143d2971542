import { type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Config } from "../config/schema.ts";
import type { LogVerdict } from "../core/audit/verify-log.ts";
import { isHaechiError } from "../core/errors.ts";
import { describeKeyFile } from "../providers/crypto/key-file.ts";
import { type NonceBudget, readNonceBudget } from "../providers/crypto/nonce-budget.ts";
import { verifyAuditFile } from "../providers/storage/audit-reader.ts";

/** The files that protection rests on, as they are found. */
export interface StateObservation {
  readonly keys: KeyObservation;
  readonly audit: AuditObservation;
}

export interface KeyObservation {
  readonly provider: string;
  readonly keyFile: string | null;
  /** Null where keys are not in a file of ours. */
  readonly exists: boolean | null;
  /** Octal, such as `0600`. */
  readonly permissions: string | null;
  readonly nonceBudget: NonceBudget | null;
  /** Whether a pass phrase wraps the keys; null when the file does not say. */
  readonly isWrapped: boolean | null;
  readonly isExposed: boolean;
  /** Why a file that is there is of no use. */
  readonly fault: string | null;
}

export interface AuditObservation {
  readonly path: string;
  readonly exists: boolean;
  /** Null when there is no log yet. */
  readonly chain: LogVerdict | null;
  readonly anchor: {
    readonly mode: string;
    readonly path: string | null;
    readonly exists: boolean | null;
    readonly isOnSameDevice: boolean;
  };
  readonly isExposed: boolean;
}

/** Looks at the files that a configuration names. */
export async function observeState(
  { keys, audit }: Config,
  onAuditRead: (bytes: number) => void = () => undefined,
): Promise<StateObservation> {
  return { keys: observeKeys(keys), audit: await observeAudit(audit, onAuditRead) };
}

function observeKeys({ provider, keyFile }: Config["keys"]): KeyObservation {
  const nothing = { permissions: null, nonceBudget: null, isWrapped: null, isExposed: false, fault: null };
  if (provider === "external") return { provider, keyFile: null, exists: null, ...nothing };
  const found = statOf(keyFile);
  if (found === null) return { provider, keyFile, exists: false, ...nothing };
  const observed = { provider, keyFile, exists: true, permissions: permissionsOf(found) };
  const exposure = isExposed(found);
  try {
    const { isWrapped } = describeKeyFile(keyFile);
    return { ...observed, nonceBudget: readNonceBudget(keyFile), isWrapped, isExposed: exposure, fault: null };
  } catch (error) {
    if (!isHaechiError(error)) throw error;
    return { ...observed, nonceBudget: null, isWrapped: null, isExposed: exposure, fault: error.message };
  }
}

async function observeAudit(
  { path, anchor }: Config["audit"],
  onRead: (bytes: number) => void,
): Promise<AuditObservation> {
  const found = statOf(path);
  const isAnchored = anchor.mode === "file";
  return {
    path,
    exists: found !== null,
    chain:
      found === null ? null : await verifyAuditFile(path, { ...(isAnchored && { anchorPath: anchor.path }), onRead }),
    anchor: {
      mode: anchor.mode,
      path: isAnchored ? anchor.path : null,
      exists: isAnchored ? statOf(anchor.path) !== null : null,
      isOnSameDevice: isAnchored && deviceOf(anchor.path) === deviceOf(path),
    },
    isExposed: found !== null && isExposed(found),
  };
}

function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

function permissionsOf({ mode }: Stats): string {
  return `0${(mode & 0o777).toString(8).padStart(3, "0")}`;
}

/** Windows keeps access elsewhere than in the mode. */
function isExposed({ mode }: Stats): boolean {
  return process.platform !== "win32" && (mode & 0o077) !== 0;
}

/** The device of a file, or of the directory that it would be in; null when neither is there. */
function deviceOf(path: string): number | null {
  return (statOf(path) ?? statOf(dirname(path)))?.dev ?? null;
}
