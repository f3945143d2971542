import { readEntry } from "./entry-line.ts";
import type { SegmentLink } from "./event.ts";

/** The number of the segment that no other comes before. */
export const FIRST_SEGMENT = 1;

/**
 * The file name of a closed segment: `audit.jsonl` becomes `audit.segment-000001.jsonl`.
 * @param openName file name of the open segment, which is that of the log
 */
export function closedSegmentName(openName: string, number: number): string {
  const { stem, extension } = splitName(openName);
  return `${stem}.${NUMBER_PREFIX}${String(number).padStart(NUMBER_DIGITS, "0")}${extension}`;
}

/** The number of a closed segment of the log that is open under `openName`; null for any other file. */
export function closedSegmentNumber(openName: string, fileName: string): number | null {
  const { stem, extension } = splitName(openName);
  if (!fileName.startsWith(`${stem}.`) || !fileName.endsWith(extension)) return null;
  const number = numberOf(fileName.slice(stem.length + 1, fileName.length - extension.length));
  return number !== null && closedSegmentName(openName, number) === fileName ? number : null;
}

/** The number in the name of a closed segment of some log; null for any other file. */
export function segmentNumberInName(fileName: string): number | null {
  const { stem, extension } = splitName(fileName);
  return numberOf(splitName(stem).extension.slice(1)) ?? numberOf(extension.slice(1));
}

/** How the segment that begins with this line is tied to the one before it; null when the line does not say. */
export function readSegmentLink(firstLine: string): SegmentLink | null {
  const read = readEntry(firstLine);
  if (read.fault !== null || read.integrity.sequence !== 1) return null;
  const link = linkOf(read.entry);
  return link?.number === read.integrity.segment ? link : null;
}

/** An entry that says that older segments were deleted on purpose. */
export interface RecordedExpiry {
  /** The segment that the log begins with from then on. */
  readonly link: SegmentLink;
  /** When it was recorded: ISO 8601, UTC. */
  readonly at: string;
}

/** What an entry says of segments that were deleted on purpose; null for any other entry. */
export function readExpiry(entry: Readonly<Record<string, unknown>>): RecordedExpiry | null {
  if (entry.decision !== "segments_expired" || !isTime(entry.timestamp)) return null;
  const link = linkOf(entry);
  return link === null ? null : { link, at: entry.timestamp };
}

function linkOf({ segment }: Readonly<Record<string, unknown>>): SegmentLink | null {
  if (typeof segment !== "object" || segment === null) return null;
  // Every object can be asked for members; what stands there stays unknown.
  const { number, previousHash, previousRecords } = segment as Partial<Record<keyof SegmentLink, unknown>>;
  if (!isCount(number) || typeof previousHash !== "string" || !isCount(previousRecords)) return null;
  return { number, previousHash, previousRecords };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** What an entry calls its time is shown to people; whoever writes a log anew may have put anything there. */
function isTime(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
}

const NUMBER_PREFIX = "segment-";
const NUMBER_DIGITS = 6;

function numberOf(part: string): number | null {
  const digits = /^segment-(\d{6,15})$/.exec(part)?.[1];
  return digits === undefined || Number(digits) < FIRST_SEGMENT ? null : Number(digits);
}

function splitName(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? { stem: name, extension: "" } : { stem: name.slice(0, dot), extension: name.slice(dot) };
}
