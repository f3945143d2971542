import type { ChainHead } from "./entry-line.ts";
import { FIRST_SEGMENT, readSegmentLink } from "./segments.ts";

/**
 * What is missing from a log since this process wrote its last entry; null when
 * nothing is. Entries that were durable and are gone are not the work of a crash.
 * @param lastLine the last line that is there now, of which `now` is the head
 */
export function describeLoss(before: ChainHead | null, now: ChainHead | null, lastLine: string | null): string | null {
  if (before === null) return null;
  const segmentsSince = (now?.segment ?? FIRST_SEGMENT) - (before.segment ?? FIRST_SEGMENT);
  // Somebody closed the segment. Its first entry says how the one before ended; behind that entry only verification knows.
  const link = segmentsSince === 1 && lastLine !== null ? readSegmentLink(lastLine) : null;
  if (link !== null) return lossOf(before, { sequence: link.previousRecords, eventHash: link.previousHash });
  return segmentsSince > 0 ? null : lossOf(before, segmentsSince < 0 ? null : now);
}

function lossOf(before: ChainHead, now: Pick<ChainHead, "sequence" | "eventHash"> | null): string | null {
  const missing = before.sequence - (now?.sequence ?? 0);
  if (missing > 0) return `entries_missing:${missing}`;
  return missing === 0 && before.eventHash !== now?.eventHash ? "head_replaced" : null;
}
