import { decisionEvent } from "../../core/audit/build-event.ts";
import { type ChainHead, sealFirstEntry } from "../../core/audit/entry-line.ts";
import { loggableJson } from "../../core/audit/loggable.ts";
import { FIRST_SEGMENT } from "../../core/audit/segments.ts";
import type { AuditSegments } from "../../ports/audit-store.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Random } from "../../ports/random.ts";

export interface SegmentOptions {
  readonly store: AuditSegments;
  /** An append that would make the open segment longer goes to the next one; no limit when absent. */
  readonly maxBytes?: number;
  /** The first event of a day (UTC) goes to the next segment. */
  readonly isDaily?: boolean;
}

/** A segment that is complete. */
export interface ClosedSegment {
  readonly number: number;
  readonly records: number;
  /** base64url `eventHash` of its last entry. */
  readonly headHash: string;
}

/** Where a log ends, as far as this process knows. */
export interface KnownEnd {
  readonly head: ChainHead | null;
  readonly lastLine: string | null;
}

/** Says when a segment is to be closed, and starts the next one. */
export interface SegmentStarter {
  /** @param bodies canonical JSON of the events that come next */
  isDue(end: KnownEnd, bodies: readonly string[]): boolean;
  /** Null when the open segment has no event. The log must be open, and has to be opened again afterwards. */
  startAfter(end: KnownEnd): Promise<{ readonly end: KnownEnd; readonly closed: ClosedSegment } | null>;
}

/** Closes segments at the size, or with the day, that the options say. */
export function createSegmentStarter(options: SegmentOptions, clock: Clock, random: Random): SegmentStarter {
  const { store, maxBytes, isDaily = false } = options;
  return {
    isDue(end, bodies) {
      if (!hasEvents(end)) return false;
      if (isDaily && dayOf(end.lastLine) < isoTime(clock).slice(0, DAY_LENGTH)) return true;
      if (maxBytes === undefined) return false;
      // Entries are ASCII, so characters are bytes (core/audit/loggable.ts).
      const coming = bodies.reduce((sum, { length }) => sum + length + SEAL_BYTES, 0);
      return store.bytes() + coming > maxBytes;
    },
    async startAfter(end) {
      if (!hasEvents(end)) return null;
      const { segment = FIRST_SEGMENT, sequence, eventHash } = end.head;
      const closed = { number: segment, records: sequence, headHash: eventHash };
      const { line, head } = sealFirstEntry(segmentEvent(closed), segment + 1);
      await store.start(line, segment);
      return { end: { head, lastLine: line }, closed };
    },
  };

  /** Canonical JSON of the first event of the segment behind `closed`. */
  function segmentEvent(closed: ClosedSegment): string {
    const event = decisionEvent(
      {
        id: random.uuid(),
        timestamp: isoTime(clock),
        correlationId: null,
        protocol: "audit",
        operation: "audit:rotate",
        identity: null,
        profile: null,
        mode: "n/a",
      },
      {
        decision: "segment_started",
        reason: "segment_started",
        segment: { number: closed.number + 1, previousHash: closed.headHash, previousRecords: closed.records },
      },
    );
    return loggableJson(event);
  }
}

/** At least what a seal and its newline add to an event. */
const SEAL_BYTES = 256;
const DAY_LENGTH = "2030-01-01".length;

/** The first entry of a later segment is about the segment, and no event. */
function hasEvents(end: KnownEnd): end is { readonly head: ChainHead; readonly lastLine: string } {
  const { head, lastLine } = end;
  return head !== null && lastLine !== null && (head.segment === undefined || head.sequence > 1);
}

/** The day of an entry: its time is the last member. */
function dayOf(line: string): string {
  const start = line.lastIndexOf(TIME_MEMBER) + TIME_MEMBER.length;
  return line.slice(start, start + DAY_LENGTH);
}

const TIME_MEMBER = '"timestamp":"';

function isoTime(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
