import type { ChainHead } from "../../core/audit/entry-line.ts";
import type { Anchor, CheckpointSink } from "../../ports/checkpoint-sink.ts";
import type { Clock } from "../../ports/clock.ts";

/** Publishes chain heads in order, beside the log and never in its way. */
export interface AnchorQueue {
  /** Tells which heads were added to the chain. */
  advance(heads: readonly ChainHead[]): void;
  /** Tries again what the sink refused; resolves with whether nothing refused is left. */
  settle(): Promise<boolean>;
  /** Resolves when everything that waits has been tried. */
  close(): Promise<void>;
}

/** Anchors that may wait for a slow sink; past it the oldest give way, as a newer one covers them. */
const WAITING_ANCHORS_MAX = 1_024;

/** An anchor for every record whose sequence is a multiple of `everyRecords`. */
export function createAnchorQueue(sink: CheckpointSink, everyRecords: number, clock: Clock): AnchorQueue {
  const waiting: Anchor[] = [];
  let publishing: Promise<void> | null = null;
  let failed = false;

  async function publishAll(): Promise<void> {
    await null;
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      // A failed anchor does not undo a durable record. It goes back in line, and
      // the log reports itself as not ready until the sink takes it.
      const results = await Promise.allSettled(batch.map((anchor) => sink.publish(anchor)));
      const refused = batch.filter((_, index) => results[index]?.status === "rejected");
      failed = refused.length > 0;
      if (failed) {
        waiting.unshift(...refused);
        break;
      }
    }
    publishing = null;
  }

  return {
    advance(heads) {
      const timestamp = new Date(clock.now()).toISOString();
      for (const head of heads) {
        if (head.sequence % everyRecords === 0) waiting.push({ ...head, timestamp });
      }
      if (waiting.length > WAITING_ANCHORS_MAX) waiting.splice(0, waiting.length - WAITING_ANCHORS_MAX);
      if (waiting.length > 0) publishing ??= publishAll();
    },
    async settle() {
      if (failed) publishing ??= publishAll();
      await publishing;
      return !failed;
    },
    async close() {
      await publishing;
      await sink.close();
    },
  };
}
