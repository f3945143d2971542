import { clearTimeout, setTimeout as startTimer } from "node:timers";
import { setImmediate, setTimeout } from "node:timers/promises";
import { decisionEvent } from "../../core/audit/build-event.ts";
import { type ChainHead, headOf, sealEntry } from "../../core/audit/entry-line.ts";
import type { AuditEvent } from "../../core/audit/event.ts";
import { loggableJson } from "../../core/audit/loggable.ts";
import { describeLoss } from "../../core/audit/segment-loss.ts";
import { HaechiError } from "../../core/errors.ts";
import type { AuditSink, DurableReceipt } from "../../ports/audit-sink.ts";
import type { AuditStore } from "../../ports/audit-store.ts";
import type { CheckpointSink } from "../../ports/checkpoint-sink.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Random } from "../../ports/random.ts";
import { createAnchorQueue } from "./anchor-queue.ts";
import { type ClosedSegment, createSegmentStarter, type KnownEnd, type SegmentOptions } from "./audit-segments.ts";

export interface AuditLogOptions {
  readonly store: AuditStore;
  /** Where the chain head is published; nowhere when absent. */
  readonly anchors?: CheckpointSink;
  /** An anchor for every so many records; 1 when absent. */
  readonly everyRecords?: number;
  /** Needed to rotate; the log is one growing segment when absent. */
  readonly segments?: SegmentOptions;
  readonly clock: Clock;
  readonly random: Random;
}

/** An audit sink that can close its open segment. */
export interface AuditLog extends AuditSink {
  /**
   * Closes the open segment and starts the next one, while events go on. Null when
   * there is nothing to close: an empty log, a segment without an event, or one that
   * is not `due` by the segment options when only such a one was asked for.
   * @throws HaechiError AUDIT_UNWRITABLE, LOG_INCONSISTENT
   */
  rotate(which?: Rotation): Promise<ClosedSegment | null>;
}

export type Rotation = "any" | "due";

/** Events that may wait for the disk at one time. */
export const WAITING_RECORDS_MAX = 16_384;

// One append is smaller than the window that recovery looks at (core/audit/recover-tail.ts).
const APPEND_RECORDS_MAX = 512;
const APPEND_CHARACTERS_MAX = 1024 * 1024;

/** Appends after which a busy log lets other processes have a turn. */
const APPENDS_PER_TURN = 32;

/** How long a busy log waits for more events, and how many make waiting needless. */
const GATHER_MS = 2;
const GATHERED_ENOUGH = 64;

/** How long a quiet log is kept open for its next event: taking it up again costs more than the append. */
const RELEASE_AFTER_MS = 20;

/**
 * A hash chain over an append-only store. Events that arrive while an append is
 * under way are written together by the next one, so that one flush of the disk
 * serves all of them; `record` resolves after that flush and not before.
 */
export function createAuditLog(options: AuditLogOptions): AuditLog {
  const { store, anchors, everyRecords = 1, segments, clock, random } = options;
  const waiting: WaitingRecord[] = [];
  const anchorQueue = anchors === undefined ? null : createAnchorQueue(anchors, everyRecords, clock);
  const starter = segments === undefined ? null : createSegmentStarter(segments, clock, random);
  /** Undefined until the store has said where the log ends. */
  let known: KnownEnd | undefined;
  let isOpen = false;
  /** True while the newest append, or the opening before it, succeeded. */
  let isHealthy = false;
  /** What was not as it had been left, until an entry says so. */
  let unrecordedRepair: string | null = null;
  let pumping: Promise<void> | null = null;
  let releasing: NodeJS.Timeout | null = null;
  let lastBatchSize = 0;
  /** A segment could not be closed; it is not tried again in this run of appends. */
  let isRotationRefused = false;
  let closed = false;

  return { record, ready, rotate, close };

  async function record(event: AuditEvent): Promise<DurableReceipt> {
    await enqueue(loggableJson(event));
    // The only place where a receipt is made: the entry is durable here.
    return { eventId: event.id } as DurableReceipt;
  }

  async function ready(): Promise<{ readonly ok: boolean; readonly reason?: string }> {
    if (closed) return { ok: false, reason: "audit_closed" };
    const storeState = await store.ready();
    if (!storeState.ok) return storeState;
    try {
      if (!isHealthy) await enqueue(null);
    } catch (error) {
      return { ok: false, reason: asAuditFailure(error).reason };
    }
    const isAnchored = anchorQueue === null || (await anchorQueue.settle());
    return isAnchored ? { ok: true } : { ok: false, reason: "audit_anchor_unwritable" };
  }

  async function rotate(which: Rotation = "any"): Promise<ClosedSegment | null> {
    if (starter === null) throw new HaechiError("PROVIDER_INVALID", "This audit log has no segments");
    return await enqueue(null, which);
  }

  async function close(): Promise<void> {
    closed = true;
    if (releasing !== null) clearTimeout(releasing);
    await pumping;
    await anchorQueue?.close();
    await store.close();
  }

  /** @param body null to have the log opened, and repaired where needed, without an event */
  function enqueue(body: string | null, rotation: Rotation | null = null): Promise<ClosedSegment | null> {
    if (closed) return Promise.reject(new HaechiError("AUDIT_UNWRITABLE", "The audit log is closed"));
    if (waiting.length >= WAITING_RECORDS_MAX) {
      const message = `More than ${WAITING_RECORDS_MAX} events wait for the audit log`;
      return Promise.reject(new HaechiError("AUDIT_UNWRITABLE", message, { reason: "audit_queue_full" }));
    }
    return new Promise((resolve, reject) => {
      waiting.push({ body, rotation, resolve, reject });
      pumping ??= pump();
    });
  }

  async function pump(): Promise<void> {
    if (releasing !== null) clearTimeout(releasing);
    releasing = null;
    for (let appends = 1; waiting.length > 0; appends++) {
      // Lets the events of this turn of the event loop come together. Where several came
      // together before, more are on their way: one flush of the disk then serves them too.
      await (lastBatchSize > 1 && waiting.length < GATHERED_ENOUGH ? setTimeout(GATHER_MS) : setImmediate());
      const batch = takeBatch(waiting);
      lastBatchSize = batch.length;
      try {
        const { heads, closed } = await commit(batch);
        isHealthy = true;
        for (const { rotation, resolve } of batch) resolve(rotation === null ? null : closed);
        anchorQueue?.advance(heads);
      } catch (error) {
        isOpen = false;
        isHealthy = false;
        const failure = asAuditFailure(error);
        for (const { reject } of batch) reject(failure);
      }
      // A run may be of one append, and the next begin before the log was let go: others then wait through all of them.
      if (appends % APPENDS_PER_TURN === 0 || store.isTurnOver?.() === true) await release();
    }
    pumping = null;
    // The next run looks again at where the log ends: somebody may have moved the file aside.
    isOpen = false;
    if (store.release !== undefined) releaseSoon();
  }

  function releaseSoon(): void {
    releasing = startTimer(() => {
      releasing = null;
      pumping ??= releaseNow();
    }, RELEASE_AFTER_MS).unref();
  }

  async function releaseNow(): Promise<void> {
    await release();
    // An event that came while the log was released has waited for that.
    if (waiting.length > 0) await pump();
    else pumping = null;
  }

  async function release(): Promise<void> {
    if (store.release === undefined) return;
    isOpen = false;
    isRotationRefused = false;
    try {
      await store.release();
    } catch {
      // What was appended is durable; the next opening says whether more can be.
      isHealthy = false;
    }
  }

  /** Makes a batch durable with one append; returns the heads it added to the chain. */
  async function commit(batch: readonly WaitingRecord[]): Promise<Committed> {
    if (!isOpen) await open();
    const bodies = batch.flatMap(({ body }) => body ?? []);
    const closed = await startSegmentFor(batch, bodies);
    const started = closed === null || known?.head == null ? [] : [known.head];
    if (unrecordedRepair !== null) bodies.unshift(loggableJson(repairEvent(unrecordedRepair)));
    if (bodies.length === 0) return { heads: started, closed };
    let head = known?.head ?? null;
    const sealed = bodies.map((body) => {
      const entry = sealEntry(body, head);
      head = entry.head;
      return entry;
    });
    await store.append(sealed.map(({ line }) => line));
    known = { head, lastLine: sealed.at(-1)!.line };
    unrecordedRepair = null;
    return { heads: [...started, ...sealed.map((entry) => entry.head)], closed };
  }

  async function startSegmentFor(
    batch: readonly WaitingRecord[],
    bodies: readonly string[],
  ): Promise<ClosedSegment | null> {
    if (starter === null || known === undefined) return null;
    const isDue = starter.isDue(known, bodies);
    const asked = batch.flatMap(({ rotation }) => rotation ?? []);
    if (asked.includes("any") || (isDue && asked.length > 0)) return await startSegment();
    if (!isDue || isRotationRefused) return null;
    try {
      return await startSegment();
    } catch {
      // A segment that cannot be closed is no reason to refuse an event: it goes on.
      isRotationRefused = true;
      isOpen = false;
      await open();
      return null;
    }
  }

  async function startSegment(): Promise<ClosedSegment | null> {
    const started = known === undefined ? null : await starter?.startAfter(known);
    if (started == null) return null;
    known = started.end;
    isOpen = false;
    await open();
    return started.closed;
  }

  /** Takes up the chain where the store says that it ends. */
  async function open(): Promise<void> {
    const { lastLine, droppedBytes } = await store.open();
    const before = known;
    if (before === undefined || before.lastLine !== lastLine) {
      const head = lastLine === null ? null : headOf(lastLine);
      if (lastLine !== null && head === null) {
        throw new HaechiError("LOG_INCONSISTENT", "The last entry of the audit log does not verify");
      }
      known = { head, lastLine };
    }
    isOpen = true;
    unrecordedRepair ??=
      droppedBytes > 0
        ? `dropped_bytes:${droppedBytes}`
        : describeLoss(before?.head ?? null, known?.head ?? null, lastLine);
  }

  function repairEvent(reason: string): AuditEvent {
    return decisionEvent(
      {
        id: random.uuid(),
        timestamp: new Date(clock.now()).toISOString(),
        correlationId: null,
        protocol: "audit",
        operation: "audit:open",
        identity: null,
        profile: null,
        mode: "n/a",
      },
      { decision: "log_recovered", reason },
    );
  }
}

interface WaitingRecord {
  /** Canonical JSON of the event. */
  readonly body: string | null;
  /** Asks for the open segment to be closed before. */
  readonly rotation: Rotation | null;
  readonly resolve: (closed: ClosedSegment | null) => void;
  readonly reject: (error: HaechiError) => void;
}

/** What one append did to the log. */
interface Committed {
  /** The heads that it added, in order. */
  readonly heads: readonly ChainHead[];
  readonly closed: ClosedSegment | null;
}

function takeBatch(waiting: WaitingRecord[]): WaitingRecord[] {
  let characters = 0;
  let count = 0;
  while (count < waiting.length && count < APPEND_RECORDS_MAX && characters < APPEND_CHARACTERS_MAX) {
    characters += waiting[count]!.body?.length ?? 0;
    count++;
  }
  return waiting.splice(0, count);
}

function asAuditFailure(error: unknown): HaechiError {
  if (error instanceof HaechiError) return error;
  return new HaechiError("AUDIT_UNWRITABLE", "The audit log cannot be written", { cause: error });
}
