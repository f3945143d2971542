import type { AuditSummary } from "./event.ts";

/** The summary of nothing inspected. */
export const EMPTY_SUMMARY: AuditSummary = { detectionCount: 0, byType: {}, byAction: {} };

/** The counts of two summaries together. */
export function addSummaries(left: AuditSummary, right: AuditSummary): AuditSummary {
  const suppressedCount = (left.suppressedCount ?? 0) + (right.suppressedCount ?? 0);
  const droppedCount = (left.droppedCount ?? 0) + (right.droppedCount ?? 0);
  return {
    detectionCount: left.detectionCount + right.detectionCount,
    byType: addCounts(left.byType, right.byType),
    byAction: addCounts(left.byAction, right.byAction),
    ...(suppressedCount > 0 && {
      suppressedCount,
      suppressedByType: addCounts(left.suppressedByType, right.suppressedByType),
    }),
    ...(droppedCount > 0 && { droppedCount, droppedByType: addCounts(left.droppedByType, right.droppedByType) }),
  };
}

type Counts = Readonly<Record<string, number>>;

// A map, because a rule may be named as something that every object inherits.
function addCounts(left: Counts = {}, right: Counts = {}): Counts {
  const sum = new Map(Object.entries(left));
  for (const [name, count] of Object.entries(right)) sum.set(name, (sum.get(name) ?? 0) + count);
  return Object.fromEntries(sum);
}
