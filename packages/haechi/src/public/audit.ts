export type { Checkpoint } from "../core/audit/checkpoint.ts";
export {
  COUNTED_BY,
  type CountedBy,
  type CountRow,
  createEntryCounter,
  type EntryCounter,
} from "../core/audit/count-entries.ts";
export { type EntryView, viewEntry } from "../core/audit/entry-view.ts";
export {
  AUDIT_DECISIONS,
  AUDIT_SCHEMA_VERSION,
  type AuditDecision,
  type AuditEntry,
  type AuditEvent,
  type AuditSummary,
} from "../core/audit/event.ts";
export { toCef } from "../core/audit/export-cef.ts";
export { toOcsf } from "../core/audit/export-ocsf.ts";
export { type EntryConditions, meets } from "../core/audit/filter-entries.ts";
export { loggable } from "../core/audit/loggable.ts";
export type { BundleVerdict, ConsistencyBundle, InclusionBundle } from "../core/audit/proof-bundle.ts";
export { formatNoteKey, type NoteKey, parseNoteKey } from "../core/audit/signed-note.ts";
export { createLogVerifier, type LogVerdict, type LogVerifier } from "../core/audit/verify-log.ts";
export { type Checkpointer, type CheckpointerOptions, createCheckpointer } from "../engine/audit/audit-checkpoints.ts";
export { type AuditLog, type AuditLogOptions, createAuditLog, type Rotation } from "../engine/audit/audit-log.ts";
export {
  type AuditPseudonyms,
  createAuditPseudonyms,
  type IdentityName,
  type PseudonymOptions,
} from "../engine/audit/audit-pseudonyms.ts";
export type { ClosedSegment, SegmentOptions } from "../engine/audit/audit-segments.ts";
export type { AuditSink, DurableReceipt } from "../ports/audit-sink.ts";
export type { LogSnapshot, SegmentSnapshot } from "../ports/audit-snapshot.ts";
export type { AuditSegments, AuditStore } from "../ports/audit-store.ts";
export type {
  Anchor,
  CheckpointSigner,
  CheckpointSink,
  CheckpointWitness,
  SignedCheckpoint,
} from "../ports/checkpoint-sink.ts";
export type { PseudonymStore } from "../ports/pseudonym-store.ts";
export {
  checkProof,
  type Growth,
  type ProofSources,
  proveEntry,
  proveGrowth,
} from "../providers/checkpoints/audit-proofs.ts";
export { appendCheckpoint, readCheckpoints } from "../providers/checkpoints/checkpoint-file.ts";
export { createDirectoryWitness } from "../providers/checkpoints/directory-witness.ts";
export { createFileCheckpointSink } from "../providers/checkpoints/file-checkpoint-sink.ts";
export { createHttpWitness } from "../providers/checkpoints/http-witness.ts";
export {
  createNoteKeyFile,
  type NoteSigner,
  readNoteSigner,
  readVerifierKey,
} from "../providers/checkpoints/note-signer.ts";
export { createStdoutCheckpointSink } from "../providers/checkpoints/stdout-checkpoint-sink.ts";
export { type ReadLine, readEntries } from "../providers/storage/audit-entries.ts";
export {
  type ExpirableSegment,
  type ExpiryConditions,
  expireSegments,
  findExpirable,
} from "../providers/storage/audit-expiry.ts";
export { type FollowedLines, followLog } from "../providers/storage/audit-follow.ts";
export {
  type AuditLogSummary,
  readAuditSummary,
  type VerifyOptions,
  verifyAuditFile,
} from "../providers/storage/audit-reader.ts";
export {
  closedSegmentPath,
  createFileAuditSegments,
  listClosedSegments,
  type SegmentFile,
} from "../providers/storage/audit-segments.ts";
export { takeSnapshot } from "../providers/storage/audit-snapshot.ts";
export { createFileAuditStore, type FileAuditStoreOptions } from "../providers/storage/file-audit-store.ts";
export { createMemoryAuditStore, type MemoryAuditStore } from "../providers/storage/memory-audit-store.ts";
export {
  createSqlitePseudonymStore,
  type SqlitePseudonymStoreOptions,
} from "../providers/storage/sqlite-pseudonym-store.ts";
