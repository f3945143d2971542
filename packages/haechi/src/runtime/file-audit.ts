import type { Config } from "../config/schema.ts";
import { createAuditLog } from "../engine/audit/audit-log.ts";
import type { SegmentOptions } from "../engine/audit/audit-segments.ts";
import type { AuditSink } from "../ports/audit-sink.ts";
import type { CheckpointSink } from "../ports/checkpoint-sink.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import { createFileCheckpointSink } from "../providers/checkpoints/file-checkpoint-sink.ts";
import { createStdoutCheckpointSink } from "../providers/checkpoints/stdout-checkpoint-sink.ts";
import { createFileAuditSegments } from "../providers/storage/audit-segments.ts";
import { createFileAuditStore } from "../providers/storage/file-audit-store.ts";

/** The audit log that a configuration names; its files are touched when something is recorded. */
export function fileAudit({ audit }: Config, clock: Clock, random: Random): AuditSink {
  const store = createFileAuditStore({ path: audit.path });
  const anchors = anchorSink(audit.anchor);
  const { everyRecords } = audit.anchor;
  const { maxBytes, daily } = audit.segments;
  const segments: SegmentOptions = {
    store: createFileAuditSegments(audit.path),
    isDaily: daily,
    ...(maxBytes === null ? {} : { maxBytes }),
  };
  return createAuditLog({ store, segments, clock, random, ...(anchors === null ? {} : { anchors, everyRecords }) });
}

function anchorSink({ mode, path }: Config["audit"]["anchor"]): CheckpointSink | null {
  switch (mode) {
    case "none":
      return null;
    case "file":
      return createFileCheckpointSink(path);
    case "stdout":
      return createStdoutCheckpointSink(process.stdout);
    default:
      return mode satisfies never;
  }
}
