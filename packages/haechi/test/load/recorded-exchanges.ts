import assert from "node:assert/strict";
import type { AuditEntry } from "../../src/core/audit/event.ts";
import { readLogLines } from "../../src/providers/storage/audit-lines.ts";
import { runCliWords } from "../support/run-cli.ts";

/** How many exchanges the log has of each kind; every record of it is there once. */
export interface RecordedExchanges {
  /** With a request that may go to the upstream. */
  readonly requests: number;
  /** With an answer that was inspected. */
  readonly responses: number;
  /** By decision, where another was taken. */
  readonly decisions: Readonly<Record<string, number>>;
}

/** Verifies a log, and counts what it has of each exchange. Nothing is there twice. */
export async function recordedExchanges(path: string): Promise<RecordedExchanges> {
  const verified = await runCliWords(["audit-verify", "--audit", path]);
  assert.equal(verified.exitCode, 0, verified.stdout + verified.stderr);
  const requests = new Set<string>();
  const responses = new Set<string>();
  const decisions: Record<string, number> = {};
  const add = (ids: Set<string>, id: string) => {
    assert.ok(!ids.has(id), `an exchange was recorded twice: ${id}`);
    ids.add(id);
  };
  for await (const lines of readLogLines(path)) {
    for (const line of lines) {
      const { operation, correlationId, decision } = JSON.parse(Buffer.from(line).toString("utf8"));
      if (decision !== undefined) decisions[decision] = (decisions[decision] ?? 0) + 1;
      else add(operation.startsWith("request:") ? requests : responses, correlationId);
    }
  }
  return { requests: requests.size, responses: responses.size, decisions };
}

/** All entries of a log that is not too large. */
export async function auditEntriesOf(path: string): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const lines of readLogLines(path)) {
    for (const line of lines) entries.push(JSON.parse(Buffer.from(line).toString("utf8")) as AuditEntry);
  }
  return entries;
}
