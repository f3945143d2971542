import { decisionEvent, type EventOrigin } from "../core/audit/build-event.ts";
import type { Policy } from "../core/decide/policy.ts";
import type { Direction, Finding } from "../core/detect/finding.ts";
import type { PlaceRules } from "../core/document/field-rules.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { leafText } from "../core/document/leaf.ts";
import type { MediaKind } from "../core/document/media.ts";
import { type DetectionRules, type Inspection, type JudgedFinding, judge } from "../core/inspect.ts";
import type { AuditSink } from "../ports/audit-sink.ts";
import type { CryptoProvider } from "../ports/crypto-provider.ts";
import type { DocumentFinder } from "../ports/document-finder.ts";
import { type ExternalDetection, findExternally } from "./find/external-detection.ts";
import { type FieldContent, type FieldContents, readFieldContents } from "./find/field-contents.ts";
import { findInContents } from "./find/find-in-contents.ts";
import type { FindingMemory } from "./find/finding-memory.ts";
import { inWhole } from "./find/inner-documents.ts";
import { withoutOwnMarkers } from "./find/own-markers.ts";
import type { SignedTexts } from "./find/signed-texts.ts";
import type { TokenVault } from "./vault/token-vault.ts";

/** What happens to encoded data of each kind. */
export type MediaPolicy = Readonly<Record<MediaKind, "allow" | "block">>;

/** A document and where it stands in the exchange: `body`, `path`, `query`, `header`. */
export interface Part {
  readonly place: "body" | "path" | "query" | "header";
  readonly document: JsonDocument;
  /** What stands in its leaves beside ordinary text. */
  readonly fields?: PlaceRules<FieldContent> | undefined;
  /** Numbers that are text, as ids of a model's tokens. */
  readonly tokenIds?: PlaceRules<"token-id"> | undefined;
  /** Members that say its texts again token by token; emptied when a text is changed. */
  readonly copies?: PlaceRules<"copy"> | undefined;
  /** The document is empty, and stands for data of this kind. */
  readonly media?: MediaKind;
  /** Its first leaf is a name that is inspected elsewhere and says what the rest is. */
  readonly isNamed?: boolean;
}

export interface InspectedPart {
  readonly part: Part;
  readonly inspection: Inspection;
  readonly contents: FieldContents;
}

export interface InspectionContext {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly scanNumbers: boolean;
  /** Whose exchange it is. */
  readonly scope: string;
  readonly origin: () => EventOrigin;
  readonly signal?: AbortSignal;
}

/** What inspection works with. */
export interface InspectionEquipment {
  readonly rules: DetectionRules;
  /** Finds with the same rules in documents that would hold the event loop; absent, they are found in here. */
  readonly finder?: DocumentFinder;
  /** What was found in requests before. */
  readonly memory: FindingMemory;
  /** Detectors outside the process, asked about whole bodies; none when absent. */
  readonly external?: readonly ExternalDetection[];
  readonly media: MediaPolicy;
  /** What happens to text in the form of token ids, which nobody but the model can read. */
  readonly tokenIds: "allow" | "block";
  readonly signedTexts: SignedTexts;
  readonly vault: TokenVault;
  readonly crypto: CryptoProvider;
  readonly audit: AuditSink;
}

/** Finds and judges everything in a part: its texts, the documents and the encoded texts in them, and its media. */
export async function inspectPart(
  part: Part,
  context: InspectionContext,
  equipment: InspectionEquipment,
): Promise<InspectedPart> {
  const { rules, vault, crypto, signedTexts } = equipment;
  const read = readFieldContents(part.document, part.fields, context, signedTexts);
  const contents = part.media === undefined ? read : { ...read, media: [{ leaf: 0, kind: part.media }] };
  const found = await findInPart(part, contents, context, equipment);
  const foreign = found.length === 0 ? found : await withoutOwnMarkers(found, part.document, vault, crypto);
  const { counters } = contents;
  const told = counters.size === 0 ? foreign : foreign.filter(({ leaf }) => !counters.has(leaf));
  const judged = judge(told, part.document, rules.precision, context.policy);
  const inspection = changesHandle(judged, contents) ? { ...judged, blocked: true } : judged;
  const whole = withMedia(inspection, part, contents, equipment.media);
  return { part, contents, inspection: withTokenIds(whole, part, equipment.tokenIds) };
}

/** Remembers the signed texts of a response that was passed on, so that they can come back. */
export function noteSignedTexts({ part, contents }: InspectedPart, scope: string, signedTexts: SignedTexts): void {
  for (const leaf of contents.signed) signedTexts.note(scope, leafText(part.document, leaf));
}

async function findInPart(
  { place, document, isNamed }: Part,
  contents: FieldContents,
  context: InspectionContext,
  equipment: InspectionEquipment,
): Promise<readonly Finding[]> {
  const external = place === "body" ? await findOutside(contents, context, equipment) : [];
  const builtIn = await findInContents(document, contents, context, equipment);
  const all = [...builtIn, ...external].sort((a, b) => a.leaf - b.leaf || a.start - b.start);
  return isNamed === true ? all.filter(({ leaf }) => leaf > 0) : all;
}

/** What external detectors find in a document and in those that stand in its strings. */
async function findOutside(
  { readable, nested }: FieldContents,
  context: InspectionContext,
  equipment: InspectionEquipment,
): Promise<readonly Finding[]> {
  const { external = [] } = equipment;
  if (external.length === 0) return [];
  const found = [...(await askExternally(external, readable, context, equipment))];
  for (const inner of nested.values()) {
    const inside = await askExternally(external, inner.document, context, equipment);
    for (const finding of inside) found.push(inWhole(inner, finding));
  }
  return found;
}

/** What external detectors find; one that did not answer and need not is recorded before anything leaves. */
async function askExternally(
  external: readonly ExternalDetection[],
  document: JsonDocument,
  { direction, origin }: InspectionContext,
  { audit }: InspectionEquipment,
): Promise<readonly Finding[]> {
  const { findings, unanswered } = await findExternally(document, direction, external);
  if (unanswered > 0) {
    const outcome = { decision: "external_detection_skipped", reason: direction, count: unanswered } as const;
    await audit.record(decisionEvent(origin(), outcome));
  }
  return findings;
}

/** A handle with a hole in it would name nothing to whoever made it up. */
function changesHandle({ changes }: Inspection, { handles }: FieldContents): boolean {
  return handles.size > 0 && changes.some(({ winner }) => handles.has(winner.leaf));
}

/** Media are counted like findings, each under the action that the policy has for its kind. */
export function withMedia(
  inspection: Inspection,
  { document: { leaves } }: Part,
  { media }: FieldContents,
  policy: MediaPolicy,
): Inspection {
  if (media.length === 0) return inspection;
  const met = media.map(
    ({ leaf, kind }): JudgedFinding => ({
      leaf,
      entityType: `media_${kind}`,
      ruleId: `media:${kind}`,
      confidence: 1,
      action: policy[kind],
      start: leaves.start[leaf]!,
      end: leaves.end[leaf]!,
    }),
  );
  const findings = [...inspection.findings, ...met].sort((a, b) => a.leaf - b.leaf || a.start - b.start);
  return { ...inspection, findings, blocked: inspection.blocked || met.some(({ action }) => action === "block") };
}

/** Text in the form of token ids is counted once, like a finding. */
function withTokenIds(inspection: Inspection, { document, tokenIds }: Part, action: "allow" | "block"): Inspection {
  const leaf = tokenIds?.firstNumberIn(document) ?? -1;
  if (leaf === -1) return inspection;
  const { start, end } = document.leaves;
  const place = { leaf, start: start[leaf]!, end: end[leaf]! };
  const met: JudgedFinding = { ...place, entityType: "token_ids", ruleId: "token-ids", confidence: 1, action };
  const findings = [...inspection.findings, met].sort((a, b) => a.leaf - b.leaf || a.start - b.start);
  return { ...inspection, findings, blocked: inspection.blocked || action === "block" };
}
