import type { AuditDecision, AuditDetection, AuditSummary } from "./event.ts";

type Counts = Readonly<Record<string, number>>;

/**
 * Counts of what was found, by type and by action. Counters of what the
 * allow-list suppressed and the confidence limit dropped are there when they are not zero.
 */
export function summarize(
  detections: readonly Pick<AuditDetection, "type" | "action">[],
  suppressedByType: Counts = {},
  droppedByType: Counts = {},
): AuditSummary {
  const suppressedCount = total(suppressedByType);
  const droppedCount = total(droppedByType);
  return {
    detectionCount: detections.length,
    byType: countEach(detections.map(({ type }) => type)),
    byAction: countEach(detections.map(({ action }) => action)),
    ...(suppressedCount > 0 ? { suppressedCount, suppressedByType } : undefined),
    ...(droppedCount > 0 ? { droppedCount, droppedByType } : undefined),
  };
}

/** The summary of an event that inspected nothing. */
export function summarizeDecision(decision: AuditDecision): AuditSummary {
  return { detectionCount: 0, byType: {}, byAction: { [decision]: 1 } };
}

// A map, because a rule may be named as something that every object inherits.
function countEach(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
