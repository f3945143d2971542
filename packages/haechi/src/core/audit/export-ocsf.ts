import type { EntryView } from "./entry-view.ts";

/** The version of the schema that the events are of (https://schema.ocsf.io). */
const OCSF_VERSION = "1.5.0";

/**
 * An entry as an OCSF event: a Data Security Finding (2006) where something was found,
 * else a Base Event (0).
 * @param timeMs its time, since the epoch
 */
export function toOcsf(entry: EntryView, timeMs: number, productVersion: string): Readonly<Record<string, unknown>> {
  const isFinding = entry.detectionCount > 0;
  const classUid = isFinding ? DATA_SECURITY_FINDING : BASE_EVENT;
  const activityId = isFinding ? ACTIVITY_CREATE : ACTIVITY_OTHER;
  return {
    activity_id: activityId,
    ...(isFinding ? undefined : { activity_name: entry.decision ?? "inspected" }),
    category_uid: Math.floor(classUid / 1000),
    class_uid: classUid,
    type_uid: classUid * 100 + activityId,
    severity_id: severityOf(entry),
    time: timeMs,
    message: messageOf(entry),
    metadata: {
      version: OCSF_VERSION,
      product: { name: "Haechi", vendor_name: "Haechi", version: productVersion },
      profiles: ["security_control"],
      uid: entry.id,
      ...(entry.correlationId === null ? undefined : { correlation_uid: entry.correlationId }),
      original_time: entry.timestamp,
      sequence: entry.sequence,
    },
    ...controlOf(entry),
    ...(isFinding && { finding_info: { uid: entry.id, title: messageOf(entry), types: [...entry.byType.keys()] } }),
    unmapped: {
      segment: entry.segment,
      protocol: entry.protocol,
      operation: entry.operation,
      route: entry.routeId,
      profile: entry.profile,
      identity: entry.identityId,
      mode: entry.mode,
      decision: entry.decision,
      reason: entry.reason,
      ...(entry.kid === null ? undefined : { key: entry.kid }),
      ...(entry.newKid === null ? undefined : { new_key: entry.newKid }),
      ...(entry.changedKeys.length === 0 ? undefined : { changed_keys: entry.changedKeys }),
      by_type: Object.fromEntries(entry.byType),
      by_action: Object.fromEntries(entry.byAction),
    },
  };
}

/** One sentence that says what an entry is about. */
export function messageOf({ decision, detectionCount, operation, blocked }: EntryView): string {
  if (decision !== null && detectionCount === 0) return `${decision} (${operation})`;
  return `${detectionCount} findings, ${blocked ? "blocked" : "not blocked"} (${operation})`;
}

const DATA_SECURITY_FINDING = 2006;
const BASE_EVENT = 0;
const ACTIVITY_CREATE = 1;
const ACTIVITY_OTHER = 99;

/** 1 informational, 2 low, 3 medium, 4 high. */
function severityOf({ blocked, detectionCount, decision }: EntryView): number {
  if (decision === "log_recovered" || decision === "internal_error") return 4;
  if (blocked) return 3;
  return detectionCount > 0 ? 2 : 1;
}

/** The profile security_control: what was done (action_id), and what became of it (disposition_id). */
function controlOf({ blocked, enforced, detectionCount }: EntryView) {
  if (blocked) return { action_id: 2, disposition_id: 2 };
  if (detectionCount === 0) return { action_id: 3, disposition_id: 17 };
  return enforced ? { action_id: 4, disposition_id: 11 } : { action_id: 3, disposition_id: 15 };
}
