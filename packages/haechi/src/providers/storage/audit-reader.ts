import { open } from "node:fs/promises";
import { createLogVerifier, type LogVerdict } from "../../core/audit/verify-log.ts";
import type { Anchor } from "../../ports/checkpoint-sink.ts";

/** Longest line that is read; no entry comes near it. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

/** Verifies a log of any size, and its anchors when a path to them is given; `onRead` hears of every piece of the log. */
export async function verifyAuditFile(
  path: string,
  { anchorPath, onRead }: { readonly anchorPath?: string; readonly onRead?: (bytes: number) => void } = {},
): Promise<LogVerdict> {
  const anchors = anchorPath === undefined ? null : await readAnchors(anchorPath);
  if (anchors === "missing") return { valid: false, records: 0, reason: "anchor file missing" };
  const verifier = createLogVerifier(anchors);
  let isTorn = false;
  const state = await readLines(
    path,
    (line, isWhole) => {
      if (isWhole) return verifier.addLine(line);
      isTorn = true;
      return false;
    },
    onRead,
  );
  return state === "missing" ? { valid: false, records: 0, reason: "log file missing" } : verifier.finish(isTorn);
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
  await readLines(path, (line) => {
    const event = parseObject(line);
    if (event === null) return true;
    const summary = asObject(event.summary);
    events += 1;
    blocked += event.blocked === true ? 1 : 0;
    detections += asCount(summary?.detectionCount);
    addCounts(byType, asObject(summary?.byType));
    addCounts(byAction, asObject(summary?.byAction));
    return true;
  });
  return { events, blocked, detections, byType: Object.fromEntries(byType), byAction: Object.fromEntries(byAction) };
}

/** Anchors in the order of the file. A torn line is passed over: the anchors around it still hold. */
async function readAnchors(path: string): Promise<Anchor[] | "missing"> {
  const anchors: Anchor[] = [];
  const state = await readLines(path, (line) => {
    const anchor = parseObject(line);
    if (anchor !== null && isAnchor(anchor)) anchors.push(anchor);
    return true;
  });
  return state === "missing" ? state : anchors;
}

/**
 * Calls `take` for each line, in memory that does not grow with the file, until it
 * returns false. `isWhole` is false for bytes behind the last newline and for a line that is too long.
 */
async function readLines(
  path: string,
  take: (line: Uint8Array, isWhole: boolean) => boolean,
  onRead: (bytes: number) => void = () => undefined,
): Promise<"read" | "missing"> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "missing";
    throw error;
  }
  try {
    let rest = Buffer.alloc(0);
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      onRead(bytesRead);
      const chunk = buffer.subarray(0, bytesRead);
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
        if (!take(bytes.subarray(start, end), true)) return "read";
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > LINE_BYTES_MAX) break;
    }
    if (rest.length > 0) take(rest, false);
    return "read";
  } finally {
    await file.close();
  }
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
    typeof value.eventHash === "string"
  );
}

function addCounts(counts: Map<string, number>, added: Record<string, unknown> | null): void {
  for (const [name, count] of Object.entries(added ?? {})) counts.set(name, (counts.get(name) ?? 0) + asCount(count));
}

function asCount(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
