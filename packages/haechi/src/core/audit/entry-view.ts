import { readEntry } from "./entry-line.ts";
import { FIRST_SEGMENT } from "./segments.ts";

/** What readers of a log look at. Nothing here is believed: a log that is read need not have been verified. */
export interface EntryView {
  readonly segment: number;
  readonly sequence: number;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly correlationId: string | null;
  readonly protocol: string;
  readonly operation: string;
  /** Of a decision; of a document, the last word of its operation. */
  readonly routeId: string | null;
  readonly profile: string | null;
  readonly identityId: string | null;
  readonly mode: string;
  readonly enforced: boolean;
  readonly blocked: boolean;
  /** Null for a document. */
  readonly decision: string | null;
  readonly reason: string | null;
  /** Key changes: id of the key. */
  readonly kid: string | null;
  /** Key changes: id of the key that seals from then on. */
  readonly newKid: string | null;
  /** Reloads: the configuration keys whose values changed. */
  readonly changedKeys: readonly string[];
  readonly detectionCount: number;
  readonly byType: ReadonlyMap<string, number>;
  readonly byAction: ReadonlyMap<string, number>;
}

/** The view of a stored line; null for a line that is no entry. */
export function viewEntry(line: string): EntryView | null {
  const read = readEntry(line);
  if (read.fault !== null) return null;
  const { entry, integrity } = read;
  const operation = textOf(entry.operation) ?? "";
  const summary = objectOf(entry.summary);
  return {
    segment: integrity.segment ?? FIRST_SEGMENT,
    sequence: integrity.sequence,
    id: textOf(entry.id) ?? "",
    timestamp: textOf(entry.timestamp) ?? "",
    correlationId: textOf(entry.correlationId),
    protocol: textOf(entry.protocol) ?? "",
    operation,
    routeId: textOf(entry.routeId) ?? /^\w+:[A-Z]+ (\S+)$/.exec(operation)?.[1] ?? null,
    profile: textOf(entry.profile),
    identityId: textOf(objectOf(entry.identity).id),
    mode: textOf(entry.mode) ?? "n/a",
    enforced: entry.enforced === true,
    blocked: entry.blocked === true,
    decision: textOf(entry.decision),
    reason: textOf(entry.reason),
    kid: textOf(entry.kid),
    newKid: textOf(entry.newKid),
    changedKeys: textsOf(entry.changedKeys),
    detectionCount: countOf(summary.detectionCount),
    byType: countsOf(summary.byType),
    byAction: countsOf(summary.byAction),
  };
}

/** The day of an entry, UTC. */
export function dayOf({ timestamp }: Pick<EntryView, "timestamp">): string {
  return timestamp.slice(0, "2030-01-01".length);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  // Every object can be read by string keys; what stands there stays unknown.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function countOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function countsOf(value: unknown): ReadonlyMap<string, number> {
  return new Map(Object.entries(objectOf(value)).map(([name, count]) => [name, countOf(count)]));
}
