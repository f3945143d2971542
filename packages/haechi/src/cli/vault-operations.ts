import { recordOperation } from "../engine/audit/record-operation.ts";
import { inspectRecords, type VaultInspection } from "../engine/vault/vault-inspection.ts";
import { openVaultFile } from "../providers/storage/vault-file.ts";
import type { Runtime } from "../runtime/create-runtime.ts";
import type { View } from "./view.ts";

/** A vault, or a backup of one, looked through. */
export interface CheckedVault extends VaultInspection {
  /** Of the file itself. */
  readonly problems: readonly string[];
}

export async function checkVault(path: string, runtime: Runtime): Promise<CheckedVault> {
  const file = openVaultFile(path);
  try {
    const { problems } = file;
    // What SQLite finds damaged is not read further.
    const entries = problems.length > 0 ? [] : file.entries();
    return { problems, ...(await inspectRecords(entries, runtime)) };
  } finally {
    file.close();
  }
}

export function isWhole({ problems, damaged, unopened }: CheckedVault): boolean {
  return problems.length === 0 && damaged === 0 && unopened === 0;
}

/** What a check found, in words. */
export function checkLines(check: CheckedVault, { facts, paint }: View): readonly string[] {
  const bad = (count: number) => (count === 0 ? "0" : paint.bad(String(count)));
  return [
    ...check.problems.map((line) => paint.bad(line)),
    facts([
      ["tokens", String(check.tokens)],
      ["past their retention", String(check.expired)],
      ["damaged", bad(check.damaged)],
      ["opened by no key here", bad(check.unopened)],
      ...Object.entries(check.byKey).map(([kid, count]) => [`under ${kid}`, String(count)] as const),
    ]),
  ];
}

/** Runs an operation over `tokens`; the audit log says that it began, and how it ended. */
export function recordedForVault(
  runtime: Runtime,
  verb: "backup" | "restore",
  operate: () => number | Promise<number>,
): Promise<number> {
  return recordOperation(
    runtime,
    { protocol: "token-vault", verb, decision: verb },
    async () => operate(),
    (tokens) => ({ count: tokens }),
  );
}
