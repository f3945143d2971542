import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type AuditLog,
  appendCheckpoint,
  type BundleVerdict,
  checkProof,
  createAuditLog,
  createCheckpointer,
  createDirectoryWitness,
  createFileAuditSegments,
  createFileAuditStore,
  createNoteKeyFile,
  type EntryConditions,
  type InclusionBundle,
  type LogVerdict,
  parseNoteKey,
  proveEntry,
  readCheckpoints,
  readEntries,
  readNoteSigner,
  takeSnapshot,
  toOcsf,
  verifyAuditFile,
} from "../../packages/haechi/src/public/audit.ts";
import { systemClock, systemRandom } from "../../packages/haechi/src/public/runtime.ts";

/** Where the evidence of a program lies. */
export interface Evidence {
  readonly log: string;
  readonly checkpoints: string;
  readonly signingKey: string;
  /** Kept by somebody else, best on another machine. */
  readonly elsewhere: string;
}

export function evidenceIn(folder: string, elsewhere: string): Evidence {
  const [log, checkpoints, signingKey] = ["audit.jsonl", "audit.checkpoints", "checkpoint.key.json"];
  return {
    log: join(folder, log),
    checkpoints: join(folder, checkpoints),
    signingKey: join(folder, signingKey),
    elsewhere,
  };
}

/** A log that a program records into; `createRuntime(config, { audit })` lets a gateway do so. */
export function openLog({ log }: Evidence): AuditLog {
  return createAuditLog({
    store: createFileAuditStore({ path: log }),
    segments: { store: createFileAuditSegments(log), maxBytes: 256 * 1024 * 1024, isDaily: true },
    clock: systemClock,
    random: systemRandom,
  });
}

/** Signs what the log is now; returns how many checkpoints were made. */
export async function signLog({ log, checkpoints, signingKey, elsewhere }: Evidence): Promise<number> {
  if (!existsSync(signingKey)) createNoteKeyFile(signingKey, "example.org/gateway-1");
  const signer = readNoteSigner(signingKey);
  const earlier = existsSync(checkpoints) ? readCheckpoints(checkpoints, signer.key) : [];
  const checkpointer = createCheckpointer({
    takeSnapshot: () => takeSnapshot(log),
    signer,
    earlier: earlier.map(({ checkpoint }) => checkpoint),
    witnesses: [createDirectoryWitness(elsewhere, signer.key)],
    keep: (note) => appendCheckpoint(checkpoints, note),
  });
  return (await checkpointer.run()).length;
}

/** Verifies the log against the checkpoints that somebody else keeps, with the key as it was published. */
export async function verifyLog({ log, elsewhere }: Evidence, publishedKey: string): Promise<LogVerdict> {
  const key = parseNoteKey(publishedKey);
  if (key === null) throw new Error("That is no key");
  const checkpoints = readCheckpoints(elsewhere, key).map(({ checkpoint }) => checkpoint);
  return await verifyAuditFile(log, { checkpoints });
}

/** The proof that an event was recorded; whoever gets it needs the key and nothing else. */
export async function proofOf(evidence: Evidence, eventId: string): Promise<InclusionBundle> {
  const { key } = readNoteSigner(evidence.signingKey);
  const checkpoints = readCheckpoints(evidence.checkpoints, key);
  const proof = await proveEntry(evidence.log, eventId, { checkpoints, key });
  if (typeof proof === "string") throw new Error(proof);
  return proof;
}

export function check(proof: unknown, publishedKey: string): BundleVerdict {
  const key = parseNoteKey(publishedKey);
  return key === null ? { valid: false, reason: "no key" } : checkProof(proof, key);
}

/** Entries that meet conditions, as OCSF events, in memory that does not grow with the log. */
export async function* exported({ log }: Evidence, conditions: EntryConditions): AsyncGenerator<object> {
  for await (const lines of readEntries(log, conditions)) {
    for (const { entry } of lines) yield toOcsf(entry, Date.parse(entry.timestamp), "1.0.0");
  }
}
