import type { JsonDocument } from "../document/json-document.ts";
import { sourceText } from "../document/leaf.ts";
import { privatePath } from "../document/private-path.ts";
import { HARD_BLOCK_TYPES } from "./entity-type.ts";
import type { Finding } from "./finding.ts";

/** An exception: a text, or what must match of a finding, both when both are given. */
export type AllowlistEntry =
  | string
  | {
      /** The decoded text of the finding, exactly. */
      readonly value?: string | undefined;
      /** The private path of the leaf, as in the audit log. */
      readonly path?: string | undefined;
    };

/** Exceptions, compiled for look-up. */
export interface Allowlist {
  readonly values: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
  /** Value to the paths where it is excepted. */
  readonly valuesAtPaths: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What an operator may leave out of the findings; types in `HARD_BLOCK_TYPES` are never left out. */
export interface PrecisionDials {
  /** Findings strictly below it are dropped. */
  readonly minConfidence: number;
  readonly allowlist: Allowlist;
}

export interface PreciseFindings<Found> {
  readonly kept: readonly Found[];
  /** Left out by the allow-list: entity type to count. */
  readonly suppressedByType: Readonly<Record<string, number>>;
  /** Left out by the minimum confidence: entity type to count. */
  readonly droppedByType: Readonly<Record<string, number>>;
}

/** The entries as tables. An entry with neither value nor path excepts nothing. */
export function compileAllowlist(entries: readonly AllowlistEntry[]): Allowlist {
  const values = new Set<string>();
  const paths = new Set<string>();
  const valuesAtPaths = new Map<string, Set<string>>();
  for (const entry of entries) {
    const { value, path } = typeof entry === "string" ? { value: entry } : entry;
    if (value === undefined) {
      if (path !== undefined) paths.add(path);
    } else if (path === undefined) {
      values.add(value);
    } else {
      const atPaths = valuesAtPaths.get(value);
      if (atPaths === undefined) valuesAtPaths.set(value, new Set([path]));
      else atPaths.add(path);
    }
  }
  return { values, paths, valuesAtPaths };
}

/**
 * The findings of a document that remain: the allow-list first, then the minimum
 * confidence. To be applied before overlaps are settled, so that an exception for
 * one finding cannot take a stronger one with it.
 */
export function applyPrecision<Found extends Finding>(
  findings: readonly Found[],
  document: JsonDocument,
  dials: PrecisionDials,
): PreciseFindings<Found> {
  return sift(findings, dials, {
    textOf: (finding) => sourceText(document, finding.start, finding.end, finding.leaf),
    pathOf: (finding) => privatePath(document, finding.leaf),
  });
}

/** As `applyPrecision`, for findings in a piece of text (offsets in UTF-16 units) that stands at a private path. */
export function applyTextPrecision<Found extends Pick<Finding, "entityType" | "confidence" | "start" | "end">>(
  findings: readonly Found[],
  text: string,
  path: string,
  dials: PrecisionDials,
): PreciseFindings<Found> {
  return sift(findings, dials, { textOf: ({ start, end }) => text.slice(start, end), pathOf: () => path });
}

interface Lookup<Found> {
  textOf(finding: Found): string;
  pathOf(finding: Found): string;
}

function sift<Found extends Pick<Finding, "entityType" | "confidence">>(
  findings: readonly Found[],
  { minConfidence, allowlist }: PrecisionDials,
  lookup: Lookup<Found>,
): PreciseFindings<Found> {
  const suppressed = new Map<string, number>();
  const dropped = new Map<string, number>();
  const kept = findings.filter((finding) => {
    if (HARD_BLOCK_TYPES.has(finding.entityType)) return true;
    if (isExcepted(finding, allowlist, lookup)) return count(suppressed, finding.entityType);
    if (finding.confidence < minConfidence) return count(dropped, finding.entityType);
    return true;
  });
  return {
    kept,
    suppressedByType: Object.fromEntries(suppressed),
    droppedByType: Object.fromEntries(dropped),
  };
}

function isExcepted<Found>(finding: Found, allowlist: Allowlist, lookup: Lookup<Found>): boolean {
  const { values, paths, valuesAtPaths } = allowlist;
  if (values.size > 0 || valuesAtPaths.size > 0) {
    const text = lookup.textOf(finding);
    if (values.has(text)) return true;
    if (valuesAtPaths.get(text)?.has(lookup.pathOf(finding))) return true;
  }
  return paths.size > 0 && paths.has(lookup.pathOf(finding));
}

function count(counts: Map<string, number>, type: string): false {
  counts.set(type, (counts.get(type) ?? 0) + 1);
  return false;
}
