export {
  AUDIT_DECISIONS,
  AUDIT_SCHEMA_VERSION,
  type AuditDecision,
  type AuditEntry,
  type AuditEvent,
  type AuditSummary,
} from "../core/audit/event.ts";
export { loggable } from "../core/audit/loggable.ts";
export { createLogVerifier, type LogVerdict, type LogVerifier } from "../core/audit/verify-log.ts";
export { type AuditLogOptions, createAuditLog } from "../engine/audit-log.ts";
export type { AuditSink, DurableReceipt } from "../ports/audit-sink.ts";
export type { AuditStore } from "../ports/audit-store.ts";
export type { Anchor, CheckpointSink } from "../ports/checkpoint-sink.ts";
export { createFileCheckpointSink } from "../providers/checkpoints/file-checkpoint-sink.ts";
export { createStdoutCheckpointSink } from "../providers/checkpoints/stdout-checkpoint-sink.ts";
export { type AuditLogSummary, readAuditSummary, verifyAuditFile } from "../providers/storage/audit-reader.ts";
export { createFileAuditStore, type FileAuditStoreOptions } from "../providers/storage/file-audit-store.ts";
export { createMemoryAuditStore, type MemoryAuditStore } from "../providers/storage/memory-audit-store.ts";
