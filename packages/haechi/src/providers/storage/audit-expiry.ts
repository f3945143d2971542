import fs from "node:fs";
import { dirname } from "node:path";
import { decisionEvent } from "../../core/audit/build-event.ts";
import { viewEntry } from "../../core/audit/entry-view.ts";
import type { SegmentLink } from "../../core/audit/event.ts";
import { readSegmentLink } from "../../core/audit/segments.ts";
import { HaechiError } from "../../core/errors.ts";
import type { AuditSink } from "../../ports/audit-sink.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Random } from "../../ports/random.ts";
import { type ReadableSegment, withSegments } from "./audit-lines.ts";
import { durableFiles } from "./durable-files.ts";

/** A closed segment that may be deleted. */
export interface ExpirableSegment {
  readonly number: number;
  readonly path: string;
  readonly records: number;
  /** ISO 8601, UTC: no entry of it is newer. */
  readonly closedAt: string;
  /** How the segment behind it is tied to it. */
  readonly next: SegmentLink;
}

/** Which segments may go; all of it, where several things are given. */
export interface ExpiryConditions {
  /** Only those that were closed before this moment, in milliseconds since the epoch. */
  readonly closedBefore?: number;
  /** So many closed segments stay. */
  readonly keep?: number;
}

/**
 * The oldest closed segments of the log at `path`, as far as the conditions hold without a gap. The log is not verified.
 * @throws HaechiError LOG_INCONSISTENT when a segment does not say how the one before ended
 */
export async function findExpirable(path: string, conditions: ExpiryConditions): Promise<readonly ExpirableSegment[]> {
  const { closedBefore = Number.POSITIVE_INFINITY, keep = 0 } = conditions;
  const closed = await withSegments(path, readClosed);
  const candidates = closed.slice(0, Math.max(0, closed.length - keep));
  const firstThatStays = candidates.findIndex(({ closedAt }) => !(Date.parse(closedAt) < closedBefore));
  return firstThatStays === -1 ? candidates : candidates.slice(0, firstThatStays);
}

/**
 * Deletes these segments, the oldest first, after the log says durably that they were to go. After a crash the log
 * holds, and the same call does the rest.
 * @throws HaechiError AUDIT_UNWRITABLE, with nothing deleted
 */
export async function expireSegments(
  segments: readonly ExpirableSegment[],
  { audit, clock, random }: { readonly audit: AuditSink; readonly clock: Clock; readonly random: Random },
): Promise<void> {
  const last = segments.at(-1);
  if (last === undefined) return;
  const origin = {
    id: random.uuid(),
    timestamp: new Date(clock.now()).toISOString(),
    correlationId: null,
    protocol: "audit",
    operation: "audit:expire",
    identity: null,
    profile: null,
    mode: "n/a",
  } as const;
  const outcome = { decision: "segments_expired", reason: "segments_expired", segment: last.next } as const;
  await audit.record(decisionEvent(origin, outcome));
  for (const { path } of segments) {
    fs.rmSync(path, { force: true });
    // One by one, so that no crash leaves a gap.
    durableFiles.syncDirectory(dirname(path));
  }
}

async function readClosed(segments: readonly ReadableSegment[]): Promise<readonly ExpirableSegment[]> {
  const found: ExpirableSegment[] = [];
  for (const [index, { path, number }] of segments.entries()) {
    const next = segments[index + 1];
    if (number === null || next === undefined) break;
    const line = await firstLineOf(next);
    const link = line === null ? null : readSegmentLink(line);
    if (line === null || link?.number !== number + 1) {
      throw new HaechiError(
        "LOG_INCONSISTENT",
        `There is no segment that continues segment ${number} of the audit log`,
      );
    }
    found.push({ number, path, records: link.previousRecords, closedAt: viewEntry(line)?.timestamp ?? "", next: link });
  }
  return found;
}

async function firstLineOf(segment: ReadableSegment): Promise<string | null> {
  let first: string | null = null;
  await segment.readLines((line, isWhole) => {
    if (isWhole) first = Buffer.from(line).toString("utf8");
    return false;
  });
  return first;
}
