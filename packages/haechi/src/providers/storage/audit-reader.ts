import { createTreeChecker, type TreeChecker } from "../../core/audit/check-tree.ts";
import type { Checkpoint } from "../../core/audit/checkpoint.ts";
import { FIRST_SEGMENT } from "../../core/audit/segments.ts";
import { createLogVerifier, type LogVerdict, type LogVerifier } from "../../core/audit/verify-log.ts";
import { createSegmentsVerifier } from "../../core/audit/verify-segments.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { Anchor } from "../../ports/checkpoint-sink.ts";
import { isTooLong, lineTooLong, type ReadableSegment, readFileLines, withSegments } from "./audit-lines.ts";

export interface VerifyOptions {
  /** Anchors to hold the log against. */
  readonly anchorPath?: string;
  /** Checkpoints to hold the log against; their signatures have been checked. */
  readonly checkpoints?: readonly Checkpoint[];
  /** The oldest segment that must be there; when absent, the first, or what recorded expiry left as the oldest. */
  readonly firstSegment?: number;
  /** Hears of every piece of the log. */
  readonly onRead?: (bytes: number) => void;
}

/**
 * Verifies a log of any size: every segment from its first line to its last, and that
 * each goes on from the one before. A path to a closed segment verifies that one alone.
 */
export async function verifyAuditFile(path: string, options: VerifyOptions = {}): Promise<LogVerdict> {
  const { anchorPath, checkpoints } = options;
  try {
    const anchors = anchorPath === undefined ? null : await readAnchors(anchorPath);
    if (anchors === "missing") return { valid: false, records: 0, reason: "anchor file missing" };
    if (checkpoints?.length === 0) return { valid: false, records: 0, reason: "no checkpoint of this log" };
    return await withSegments(path, (segments) => verifySegments(segments, anchors, options));
  } catch (error) {
    // What has the name of a file and is none proves nothing.
    if (isHaechiError(error, "LOG_INCONSISTENT")) return { valid: false, records: 0, reason: error.message };
    throw error;
  }
}

async function verifySegments(
  segments: readonly ReadableSegment[],
  anchors: readonly Anchor[] | null,
  { checkpoints = [], firstSegment, onRead }: VerifyOptions,
): Promise<LogVerdict> {
  const alone = segments.length === 1 ? segments[0]!.number : null;
  const published = [...(anchors ?? []), ...checkpoints].map(({ segment = FIRST_SEGMENT }) => segment);
  // Whoever asks for one segment does not ask what became of those behind it.
  const whole = createSegmentsVerifier(alone ?? firstSegment ?? null, new Set(alone === null ? published : []));
  for (const segment of segments) {
    const verdict = await verifySegment(segment, anchors, checkpoints, onRead);
    if (verdict === "missing") {
      const reason =
        segment.number === null || alone !== null ? "log file missing" : `segment ${segment.number} missing`;
      return { valid: false, records: whole.finish().records, reason };
    }
    if (!whole.addSegment(verdict.verifier, verdict.verdict, segment.number)) break;
  }
  const verdict = whole.finish();
  return verdict.valid && checkpoints.length > 0 ? { ...verdict, checkpoints: checkpoints.length } : verdict;
}

async function verifySegment(
  segment: ReadableSegment,
  anchors: readonly Anchor[] | null,
  checkpoints: readonly Checkpoint[],
  onRead: VerifyOptions["onRead"],
): Promise<{ readonly verifier: LogVerifier; readonly verdict: LogVerdict } | "missing"> {
  const verifier = createLogVerifier(anchors);
  let checker: TreeChecker | null = null;
  let isTorn = false;
  let endsTooLong = false;
  const state = await segment.readLines((line, isWhole) => {
    isTorn = !isWhole;
    endsTooLong = isTooLong(line);
    if (!isWhole || !verifier.addLine(line)) return false;
    // Which segment it is, its first line says.
    checker ??= createTreeChecker(checkpoints.filter((checkpoint) => checkpoint.segment === verifier.place().segment));
    return checkpoints.length === 0 || checker.addLine(line);
  }, onRead);
  if (state === "missing") return state;
  checker ??= createTreeChecker(checkpoints.filter((checkpoint) => checkpoint.segment === verifier.place().segment));
  const verdict = verifier.finish(isTorn);
  const tooLong = isTorn && endsTooLong ? `line too long at line ${verdict.records + 1}` : null;
  const fault = verdict.valid ? checker.finish() : tooLong;
  return { verifier, verdict: fault === null ? verdict : { valid: false, records: verdict.records, reason: fault } };
}

/** Counts over a whole log. */
export interface AuditLogSummary {
  readonly events: number;
  readonly blocked: number;
  readonly detections: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly byAction: Readonly<Record<string, number>>;
}

/**
 * Counts what a log of any size says; zeros for a log that is not there. Lines that are not entries are passed over.
 * @throws HaechiError LOG_INCONSISTENT for a line that is too long
 */
export async function readAuditSummary(path: string): Promise<AuditLogSummary> {
  let events = 0;
  let blocked = 0;
  let detections = 0;
  const byType = new Map<string, number>();
  const byAction = new Map<string, number>();
  const count = (line: Uint8Array, isWhole: boolean): boolean => {
    if (!isWhole && isTooLong(line)) throw lineTooLong();
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

/**
 * Anchors in the order of the file. What a crash leaves of one is passed over: the anchors around it still hold.
 * @throws HaechiError LOG_INCONSISTENT for any other line
 */
async function readAnchors(path: string): Promise<Anchor[] | "missing"> {
  const anchors: Anchor[] = [];
  let lines = 0;
  const state = await readFileLines(path, (line) => {
    lines += 1;
    const anchor = parseObject(line);
    if (anchor !== null && isAnchor(anchor)) anchors.push(anchor);
    else if (anchor !== null || !isResidue(line)) {
      throw new HaechiError("LOG_INCONSISTENT", `anchor file: no anchor at line ${lines}`);
    }
    return true;
  });
  return state === "missing" ? state : anchors;
}

/** The beginning of an anchor, or blocks that read as zeros; nothing, where a torn end was closed with a newline. */
function isResidue(line: Uint8Array): boolean {
  return !isTooLong(line) && (line.length === 0 || line[0] === 0x7b || line[0] === 0x00);
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
