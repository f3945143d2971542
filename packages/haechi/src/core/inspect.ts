import { decide } from "./decide/decide.ts";
import type { Policy } from "./decide/policy.ts";
import { type Change, type DecidedSpan, resolveOverlaps } from "./decide/resolve-overlaps.ts";
import type { AdjacentParts } from "./detect/decoded/decoded-parts.ts";
import type { EntityType } from "./detect/entity-type.ts";
import type { Direction, Finding } from "./detect/finding.ts";
import { onePerValue } from "./detect/one-per-value.ts";
import { applyPrecision, applyTextPrecision, type PrecisionDials } from "./detect/precision.ts";
import type { CompiledDetectors } from "./detect/rules/compile.ts";
import { type KnownRuns, scanDocument } from "./detect/scan/scan.ts";
import type { JsonDocument } from "./document/json-document.ts";
import type { TextFinding } from "./stream/stream-scanner.ts";

/** What to look for and what to leave alone, the same for every exchange. */
export interface DetectionRules {
  readonly compiled: CompiledDetectors;
  readonly precision: PrecisionDials;
  readonly decodeAndRescan: boolean;
}

/** As much of them as finding needs. */
export type FindingRules = Pick<DetectionRules, "compiled" | "decodeAndRescan">;

/** A finding with what the policy does about it. */
export interface JudgedFinding extends DecidedSpan {
  readonly entityType: EntityType;
  readonly confidence: number;
}

/** What was found in one document or piece of text, and what is to be done. */
export interface Inspection {
  readonly findings: readonly JudgedFinding[];
  readonly blocked: boolean;
  /** In order of leaf and start; no two of them overlap. */
  readonly changes: readonly Change<JudgedFinding>[];
  readonly supersededBy: ReadonlyMap<JudgedFinding, string>;
  readonly suppressedByType: Readonly<Record<string, number>>;
  readonly droppedByType: Readonly<Record<string, number>>;
}

export interface FindOptions {
  readonly direction: Direction;
  readonly scanNumbers: boolean;
  /** Leaves that are looked at elsewhere. */
  readonly skipLeaf?: (leaf: number) => boolean;
  /** What was found before in leaves that need not be looked at again. */
  readonly known?: KnownRuns;
  /** The parts that are to be read together; all of the document when absent. */
  readonly adjacent?: readonly AdjacentParts[];
}

/** Everything the detectors find in a document, before any dial or policy. */
export function findIn(document: JsonDocument, rules: FindingRules, options: FindOptions): readonly Finding[] {
  return scanDocument(document, rules.compiled, {
    ...options,
    decodeAndRescan: rules.decodeAndRescan,
    spellings: "all",
  });
}

/** The precision dials, the policy and the settling of overlaps, for the findings of a document. */
export function judge(
  found: readonly Finding[],
  document: JsonDocument,
  precision: PrecisionDials,
  policy: Policy,
): Inspection {
  if (found.length === 0) return NOTHING_FOUND;
  return decideAll(applyPrecision(onePerValue(found), document, precision), policy);
}

/** As `judge`, for findings in a piece of text that stands at `path` (a private path). */
export function judgeText(
  found: readonly TextFinding[],
  text: string,
  path: string,
  precision: PrecisionDials,
  policy: Policy,
): Inspection {
  if (found.length === 0) return NOTHING_FOUND;
  const located = found.map((finding) => ({ ...finding, leaf: 0 }));
  return decideAll(applyTextPrecision(onePerValue(located), text, path, precision), policy);
}

/** The inspection of what holds no finding at all. */
export const NOTHING_FOUND: Inspection = {
  findings: [],
  blocked: false,
  changes: [],
  supersededBy: new Map(),
  suppressedByType: {},
  droppedByType: {},
};

interface Sifted {
  readonly kept: readonly Finding[];
  readonly suppressedByType: Readonly<Record<string, number>>;
  readonly droppedByType: Readonly<Record<string, number>>;
}

function decideAll({ kept, suppressedByType, droppedByType }: Sifted, policy: Policy): Inspection {
  const findings = kept.map((finding) => ({ ...finding, action: decide(finding, policy).action }));
  return { findings, ...resolveOverlaps(findings), suppressedByType, droppedByType };
}
