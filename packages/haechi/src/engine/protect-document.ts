import { addSummaries } from "../core/audit/add-summaries.ts";
import { decisionEvent, type EventOrigin, protectEvent } from "../core/audit/build-event.ts";
import type { AuditDetection, AuditSummary } from "../core/audit/event.ts";
import { LOGGED_DETECTIONS_MAX } from "../core/audit/loggable.ts";
import { summarize } from "../core/audit/summarize.ts";
import { enforces, type Mode } from "../core/decide/mode.ts";
import type { Policy } from "../core/decide/policy.ts";
import type { Change } from "../core/decide/resolve-overlaps.ts";
import type { Direction } from "../core/detect/finding.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { leafKind, sourceText } from "../core/document/leaf.ts";
import type { NestedDocument } from "../core/document/nested-document.ts";
import { privatePath } from "../core/document/private-path.ts";
import { shapeHash } from "../core/document/shape.ts";
import type { Identity } from "../core/identity/identity.ts";
import type { Inspection, JudgedFinding } from "../core/inspect.ts";
import { restoreEdits } from "../core/restore/restore.ts";
import { settleCopies } from "../core/restore/settle-copies.ts";
import { editSteps } from "../core/transform/apply-edits.ts";
import type { Edit } from "../core/transform/edit.ts";
import type { DurableReceipt } from "../ports/audit-sink.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Trace } from "../ports/tracer.ts";
import {
  type InspectedPart,
  type InspectionEquipment,
  inspectPart,
  noteSignedTexts,
  type Part,
} from "./inspect-part.ts";
import { inTurns, ownTurn } from "./own-turn.ts";
import type { ReplacementRequest } from "./replace.ts";
import { replaceInTurns } from "./replace-in-turns.ts";

export type { Part };

/** What protection works with, the same for every exchange. */
export interface Equipment extends InspectionEquipment {
  readonly clock: Clock;
  readonly random: Random;
}

/** Whose text it is and what holds for it. */
export interface ProtectionContext {
  readonly mode: Mode;
  readonly policy: Policy;
  readonly direction: Direction;
  readonly scanNumbers: boolean;
  /** Written into the audit event; made of constants and route ids. */
  readonly protocol: string;
  readonly operation: string;
  readonly identity: Identity | null;
  readonly correlationId: string | null;
  /** Name of the upstream that the exchange goes to; written into the audit event. */
  readonly upstream?: string | null;
  /** Tokens to put back, id to original: those that this exchange has issued, or that the tool which is called may have. */
  readonly restores: ReadonlyMap<string, string>;
  /** Tokens are put back into addresses too. */
  readonly restoresIntoUrls?: boolean;
  /** Ends the wait of a document whose turn has not come. */
  readonly signal?: AbortSignal;
  /** Is told how long the steps take. */
  readonly trace?: Trace | null;
}

export type Protection = PassedProtection | BlockedProtection;

interface CommonProtection {
  readonly summary: AuditSummary;
  readonly auditId: string;
  readonly enforced: boolean;
  /** The decision is on durable storage. */
  readonly receipt: DurableReceipt;
}

export interface PassedProtection extends CommonProtection {
  readonly verdict: "passed";
  /** The bytes of every part, the same object where nothing changed. */
  readonly bytes: readonly Uint8Array[];
  /** Tokens issued or reused, id to original. */
  readonly issued: ReadonlyMap<string, string>;
}

export interface BlockedProtection extends CommonProtection {
  readonly verdict: "blocked";
}

/**
 * Inspects the parts, decides, replaces what the policy says, and records it. When
 * the promise resolves the decision is durable and nothing has left yet.
 */
export async function protectParts(
  parts: readonly Part[],
  context: ProtectionContext,
  equipment: Equipment,
): Promise<Protection> {
  const { trace, direction } = context;
  const inspecting = trace?.step("inspect", { "haechi.direction": direction });
  const inspected: InspectedPart[] = [];
  const scope = context.identity?.id ?? "";
  const inspection = { ...context, scope, origin: () => originOf(context, equipment) };
  for (const part of parts) inspected.push(await inspectPart(part, inspection, equipment));
  const enforced = enforces(context.mode);
  const blocked = enforced && inspected.some(({ inspection }) => inspection.blocked);
  const changed = blocked ? NOTHING_CHANGED : await changeParts(inspected, context, equipment);

  const event = protectEvent(originOf(context, equipment), {
    enforced,
    blocked,
    payloadShapeHash: shapeHash(parts[0]!.document),
    detections: inspected.flatMap((one) => detectionsOf(one, enforced)),
    summary: inspected.map(({ inspection }) => summaryOf(inspection)).reduce(addSummaries),
  });
  inspecting?.end({ "haechi.findings": event.summary.detectionCount, "haechi.blocked": blocked });
  const recording = trace?.step("record");
  const [receipt] = await Promise.all([
    equipment.audit.record(event),
    recordRestored(changed.restoredCount, context, equipment),
  ]);
  recording?.end();
  const common = { summary: event.summary, auditId: event.id, enforced, receipt };
  if (blocked) return { verdict: "blocked", ...common };
  for (const one of inspected) noteSignedTexts(one, scope, equipment.signedTexts);
  return { verdict: "passed", bytes: changed.bytes, issued: changed.issued, ...common };
}

/** Where something stands in the bytes of a part. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where in a part stands what the policy blocks. Nothing is recorded: whoever asks leaves it out and protects the rest. */
export async function findBlocked(
  part: Part,
  context: ProtectionContext,
  equipment: Equipment,
): Promise<readonly ByteRange[]> {
  const scope = context.identity?.id ?? "";
  const inspection = { ...context, scope, origin: () => originOf(context, equipment) };
  const inspected = await inspectPart(part, inspection, equipment);
  return inspected.inspection.findings.filter(({ action }) => action === "block");
}

/** Records that tokens were put back into a response, or the call of a tool, by count. */
export async function recordRestored(count: number, context: ProtectionContext, equipment: Equipment): Promise<void> {
  if (count === 0) return;
  const origin = { ...originOf(context, equipment), protocol: "token-vault", operation: "detokenize" };
  const reason = context.direction === "request" ? "tool_call" : "response";
  await equipment.audit.record(decisionEvent(origin, { decision: "detokenize", reason, count }));
}

/** What the events of an exchange have in common. */
function originOf(context: ProtectionContext, { clock, random }: Equipment): EventOrigin {
  return {
    id: random.uuid(),
    timestamp: new Date(clock.now()).toISOString(),
    correlationId: context.correlationId,
    protocol: context.protocol,
    operation: context.operation,
    identity: context.identity,
    profile: context.policy.profile,
    mode: context.mode,
    ...(context.upstream === undefined ? {} : { upstream: context.upstream }),
  };
}

/** The counts of one inspection. */
export function summaryOf({ findings, suppressedByType, droppedByType }: Inspection): AuditSummary {
  const detections = findings.map(({ entityType, action }) => ({ type: entityType, action }));
  return summarize(detections, suppressedByType, droppedByType);
}

interface ChangedParts {
  readonly bytes: readonly Uint8Array[];
  readonly issued: ReadonlyMap<string, string>;
  readonly restoredCount: number;
}

const NOTHING_CHANGED: ChangedParts = { bytes: [], issued: new Map(), restoredCount: 0 };

/** Makes the changes of all parts and puts tokens back; a part without either keeps its bytes. */
async function changeParts(
  inspected: readonly InspectedPart[],
  { mode, restores, restoresIntoUrls }: ProtectionContext,
  { vault, crypto }: Equipment,
): Promise<ChangedParts> {
  const restoring = { intoUrls: restoresIntoUrls ?? false };
  const changeCount = inspected.reduce((sum, { inspection }) => sum + inspection.changes.length, 0);
  if (changeCount === 0 && restores.size === 0) return asTheyCame(inspected);
  await ownTurn(changeCount);
  const changed = inspected.map(({ part: { document, copies }, contents, inspection }) => ({
    document,
    copies,
    contents,
    changes: enforces(mode) ? inspection.changes.filter(({ winner }) => !contents.fixed.has(winner.leaf)) : [],
  }));
  const requests = changed.flatMap(({ document, contents, changes }) =>
    changes.map((change) => replacementRequest(change, ...textAndPath(document, change, contents.nested))),
  );
  const { texts, issued } = await replaceInTurns(requests, vault, crypto);
  await ownTurn(changeCount);
  // The texts come in the order of the requests.
  let next = 0;
  let restoredCount = 0;
  const bytes: Uint8Array[] = [];
  for (const { document, copies, contents, changes } of changed) {
    const edits: Edit[] = changes.map(({ winner, start, end }) => ({
      leaf: winner.leaf,
      start,
      end,
      replacement: texts[next++]!,
    }));
    const restored = restoreEdits(document, restores, edits, restoring).filter(({ leaf }) => !contents.fixed.has(leaf));
    restoredCount += restored.length;
    const all = [...edits, ...restored];
    const edited = await inTurns(editSteps(document, all));
    bytes.push(copies === undefined ? edited : settleCopies(document, all, edited, copies));
  }
  await ownTurn(changeCount);
  return { bytes, issued, restoredCount };
}

function asTheyCame(inspected: readonly InspectedPart[]): ChangedParts {
  return { ...NOTHING_CHANGED, bytes: inspected.map(({ part }) => part.document.bytes) };
}

/** What to ask for in place of a change whose text is `original`. */
export function replacementRequest(
  { winner }: Change<JudgedFinding>,
  original: string,
  path: () => string,
): ReplacementRequest {
  const { action, entityType, ruleId } = winner;
  if (action === "allow" || action === "block") throw new TypeError(`the action ${action} replaces nothing`);
  return { action, entityType, ruleId, original, path };
}

/** The text that a change of a document covers, as the innermost document spells it, and the private path of its leaf. */
export function textAndPath(
  document: JsonDocument,
  { winner, start, end }: Change<JudgedFinding>,
  nested?: ReadonlyMap<number, NestedDocument>,
): [original: string, path: () => string] {
  const inner = nested?.get(winner.leaf)?.textAt(start, end) ?? null;
  return [inner ?? sourceText(document, start, end, winner.leaf), () => privatePath(document, winner.leaf)];
}

function detectionsOf({ part, inspection, contents }: InspectedPart, enforced: boolean): AuditDetection[] {
  const { document, place } = part;
  let leaf = -1;
  let path = "";
  // No more are written to the log, where the summary counts them all.
  return inspection.findings.slice(0, LOGGED_DETECTIONS_MAX).map((finding) => {
    // Findings of one leaf follow each other.
    if (finding.leaf !== leaf) {
      leaf = finding.leaf;
      path = place === "body" ? privatePath(document, leaf) : place;
    }
    const supersededBy = inspection.supersededBy.get(finding);
    return {
      type: finding.entityType,
      ruleId: finding.ruleId,
      path,
      kind: leafKind(document, leaf),
      confidence: finding.confidence,
      action: finding.action,
      enforced: enforced && (finding.action === "block" || !contents.fixed.has(leaf)),
      ...(supersededBy === undefined ? {} : { supersededBy }),
    };
  });
}
