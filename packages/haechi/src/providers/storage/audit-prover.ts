import type { Checkpoint } from "../../core/audit/checkpoint.ts";
import { readEntry } from "../../core/audit/entry-line.ts";
import {
  consistencyRanges,
  createRangeHasher,
  inclusionRanges,
  type LeafRange,
} from "../../core/audit/merkle-proof.ts";
import { hashLeaf } from "../../core/audit/merkle-tree.ts";
import { FIRST_SEGMENT } from "../../core/audit/segments.ts";
import { isTooLong, lineTooLong, type ReadableSegment, withSegments } from "./audit-lines.ts";

/** Where an entry stands. */
export interface FoundEntry {
  readonly segment: number;
  /** From 0. */
  readonly index: number;
  readonly line: string;
}

/** Finds the entry of an event in a log of any size; null when there is none. */
export async function findEntry(path: string, eventId: string): Promise<FoundEntry | null> {
  const needle = Buffer.from(`"id":${JSON.stringify(eventId)}`);
  let found: FoundEntry | null = null;
  await withSegments(path, async (segments) => {
    for (const segment of segments) {
      await segment.readLines((line, isWhole) => {
        if (!isWhole && isTooLong(line)) throw lineTooLong();
        if (!isWhole || !Buffer.from(line.buffer, line.byteOffset, line.length).includes(needle)) return isWhole;
        const text = Buffer.from(line).toString("utf8");
        const read = readEntry(text);
        if (read.fault !== null || read.entry.id !== eventId) return true;
        found = { segment: read.integrity.segment ?? FIRST_SEGMENT, index: read.integrity.sequence - 1, line: text };
        return false;
      });
      if (found !== null) break;
    }
  });
  return found;
}

/** The proof that entry `index` is in the tree of the checkpoint; null when the log is shorter. */
export async function proveInclusion(
  path: string,
  index: number,
  { segment, size }: Pick<Checkpoint, "segment" | "size">,
): Promise<readonly Uint8Array[] | null> {
  return await hashRanges(path, segment, inclusionRanges(index, size));
}

/** The proof that a segment of `size` entries begins with its first `oldSize`; null when the log is shorter. */
export async function proveConsistency(
  path: string,
  oldSize: number,
  { segment, size }: Pick<Checkpoint, "segment" | "size">,
): Promise<readonly Uint8Array[] | null> {
  return await hashRanges(path, segment, consistencyRanges(oldSize, size));
}

async function hashRanges(
  path: string,
  number: number,
  ranges: readonly LeafRange[] | null,
): Promise<readonly Uint8Array[] | null> {
  if (ranges === null) return null;
  const hasher = createRangeHasher(ranges);
  const end = Math.max(0, ...ranges.map(({ to }) => to));
  await withSegments(path, async (segments) => {
    let left = end;
    await segmentNumbered(segments, number)?.readLines((line, isWhole) => {
      if (!isWhole || left === 0) return false;
      hasher.append(hashLeaf(line));
      left -= 1;
      return left > 0;
    });
  });
  return hasher.hashes();
}

/** A closed segment has its number in its name; any other can only be the open one. */
function segmentNumbered(segments: readonly ReadableSegment[], number: number): ReadableSegment | undefined {
  return segments.find((segment) => segment.number === number) ?? segments.find((segment) => segment.number === null);
}
