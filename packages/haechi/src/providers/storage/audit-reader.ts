import { FIRST_SEGMENT } from "../../core/audit/segments.ts";
import { createLogVerifier, type LogVerdict } from "../../core/audit/verify-log.ts";
import { createSegmentsVerifier } from "../../core/audit/verify-segments.ts";
import type { Anchor } from "../../ports/checkpoint-sink.ts";
import { type ReadableSegment, readFileLines, withSegments } from "./audit-lines.ts";

export interface VerifyOptions {
  /** Anchors to hold the log against. */
  readonly anchorPath?: string;
  /** The oldest segment that must be there, when those before were expired on purpose; 1 when absent. */
  readonly firstSegment?: number;
  /** Hears of every piece of the log. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Verifies a log of any size: every segment from its first line to its last, and that
 * each goes on from the one before. A path to a closed segment verifies that one alone.
 */
export async function verifyAuditFile(path: string, options: VerifyOptions = {}): Promise<LogVerdict> {
  const { anchorPath, firstSegment = FIRST_SEGMENT, onRead } = options;
  const anchors = anchorPath === undefined ? null : await readAnchors(anchorPath);
  if (anchors === "missing") return { valid: false, records: 0, reason: "anchor file missing" };
  return await withSegments(path, (segments) => verifySegments(segments, { anchors, firstSegment, onRead }));
}

interface VerifyInput {
  readonly anchors: readonly Anchor[] | null;
  readonly firstSegment: number;
  readonly onRead: VerifyOptions["onRead"] | undefined;
}

async function verifySegments(
  segments: readonly ReadableSegment[],
  { anchors, firstSegment, onRead }: VerifyInput,
): Promise<LogVerdict> {
  const isAlone = segments.length === 1 && segments[0]!.number !== null;
  const whole = createSegmentsVerifier(
    isAlone ? segments[0]!.number! : firstSegment,
    // Whoever asks for one segment does not ask what became of those behind it.
    isAlone && anchors !== null ? anchors.filter((anchor) => isOf(anchor, segments[0]!)) : anchors,
  );
  for (const segment of segments) {
    const verifier = createLogVerifier(anchors);
    let isTorn = false;
    const state = await segment.readLines((line, isWhole) => {
      isTorn = !isWhole;
      return isWhole && verifier.addLine(line);
    }, onRead);
    if (state === "missing") return { valid: false, records: whole.finish().records, reason: "log file missing" };
    if (!whole.addSegment(verifier, verifier.finish(isTorn), segment.number)) break;
  }
  return whole.finish();
}

/** Counts over a whole log. */
export interface AuditLogSummary {
  readonly events: number;
  readonly blocked: number;
  readonly detections: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly byAction: Readonly<Record<string, number>>;
}

/** Counts what a log of any size says; zeros for a log that is not there. Lines that are not entries are passed over. */
export async function readAuditSummary(path: string): Promise<AuditLogSummary> {
  let events = 0;
  let blocked = 0;
  let detections = 0;
  const byType = new Map<string, number>();
  const byAction = new Map<string, number>();
  const count = (line: Uint8Array): boolean => {
    const event = parseObject(line);
    if (event === null) return true;
    const summary = asObject(event.summary);
    events += 1;
    blocked += event.blocked === true ? 1 : 0;
    detections += asCount(summary?.detectionCount);
    addCounts(byType, asObject(summary?.byType));
    addCounts(byAction, asObject(summary?.byAction));
    return true;
  };
  await withSegments(path, async (segments) => {
    for (const segment of segments) await segment.readLines(count);
  });
  return { events, blocked, detections, byType: Object.fromEntries(byType), byAction: Object.fromEntries(byAction) };
}

/** Anchors in the order of the file. A torn line is passed over: the anchors around it still hold. */
async function readAnchors(path: string): Promise<Anchor[] | "missing"> {
  const anchors: Anchor[] = [];
  const state = await readFileLines(path, (line) => {
    const anchor = parseObject(line);
    if (anchor !== null && isAnchor(anchor)) anchors.push(anchor);
    return true;
  });
  return state === "missing" ? state : anchors;
}

function isOf({ segment = FIRST_SEGMENT }: Anchor, { number }: ReadableSegment): boolean {
  return segment === number;
}

function parseObject(line: Uint8Array): Record<string, unknown> | null {
  try {
    return asObject(JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString("utf8")));
  } catch {
    return null;
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  // Every object can be read by string keys; what stands there stays unknown.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}

function isAnchor(value: object): value is Anchor {
  return (
    "sequence" in value &&
    Number.isSafeInteger(value.sequence) &&
    "eventHash" in value &&
    typeof value.eventHash === "string" &&
    (!("segment" in value) || Number.isSafeInteger(value.segment))
  );
}

function addCounts(counts: Map<string, number>, added: Record<string, unknown> | null): void {
  for (const [name, count] of Object.entries(added ?? {})) counts.set(name, (counts.get(name) ?? 0) + asCount(count));
}

function asCount(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
