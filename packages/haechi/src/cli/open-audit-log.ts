import type { Config } from "../config/schema.ts";
import { type AuditLog, createAuditLog } from "../engine/audit/audit-log.ts";
import type { SegmentOptions } from "../engine/audit/audit-segments.ts";
import { createFileCheckpointSink } from "../providers/checkpoints/file-checkpoint-sink.ts";
import { createFileAuditSegments } from "../providers/storage/audit-segments.ts";
import { createFileAuditStore } from "../providers/storage/file-audit-store.ts";
import { systemClock } from "../providers/system/system-clock.ts";
import { systemRandom } from "../providers/system/system-random.ts";

/** The audit log of a configuration alone, for what needs no keys and no vault. */
export function openAuditLog({ audit }: Config, due: Omit<SegmentOptions, "store"> = {}): AuditLog {
  return createAuditLog({
    store: createFileAuditStore({ path: audit.path }),
    segments: { store: createFileAuditSegments(audit.path), ...due },
    // Anchors that go to stdout are for whatever collects the output of the gateway.
    ...(audit.anchor.mode === "file" && {
      anchors: createFileCheckpointSink(audit.anchor.path),
      everyRecords: audit.anchor.everyRecords,
    }),
    clock: systemClock,
    random: systemRandom,
  });
}
