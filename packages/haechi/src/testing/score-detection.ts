import type { Detector } from "../core/detect/detector.ts";
import type { EntityType } from "../core/detect/entity-type.ts";
import { compileDetectors } from "../core/detect/rules/compile.ts";
import { scanDocument } from "../core/detect/scan/scan.ts";
import { textDocument } from "../core/document/text-document.ts";
import type { CorpusCase, CorpusSpan } from "./corpus.ts";

/** How well detectors do on the cases of one entity type. */
export interface TypeScore {
  readonly entityType: string;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  /** 1 when there was nothing to be right about. */
  readonly precision: number;
  readonly recall: number;
}

export interface DetectionScore {
  readonly types: readonly TypeScore[];
  /** What was missed and what was wrong, in words: corpus texts are not secret. */
  readonly mistakes: readonly string[];
}

/**
 * Runs the detectors over every case, each as one text. A labelled span counts as
 * found when findings of its type cover half of it or more; a finding counts as
 * wrong when it touches no labelled span and the case does not say that its type
 * occurs too.
 */
export function scoreDetection(
  detectors: readonly Detector<EntityType>[],
  cases: readonly CorpusCase[],
): DetectionScore {
  const compiled = compileDetectors(detectors);
  const tallies = new Map(cases.map(({ entityType }) => [entityType, { found: 0, wrong: 0, missed: 0 }]));
  const mistakes: string[] = [];
  const tallyOf = (type: string) => {
    const known = tallies.get(type) ?? { found: 0, wrong: 0, missed: 0 };
    tallies.set(type, known);
    return known;
  };
  for (const { entityType, text, expect, also, direction } of cases) {
    const found = findingsIn(text, direction);
    const ownType = found.filter((finding) => finding.entityType === entityType);
    for (const span of expect) {
      if (ownType.some((finding) => overlap(finding, span) * 2 >= span.end - span.start)) tallyOf(entityType).found++;
      else {
        tallyOf(entityType).missed++;
        mistakes.push(`${entityType} missed: ${text}`);
      }
    }
    for (const finding of found) {
      if (also.includes(finding.entityType) || expect.some((span) => overlap(finding, span) > 0)) continue;
      tallyOf(finding.entityType).wrong++;
      mistakes.push(`${finding.entityType} wrong (${finding.ruleId}): ${text}`);
    }
  }
  return { types: [...tallies].map(([entityType, tally]) => typeScore(entityType, tally)), mistakes };

  function findingsIn(text: string, direction: CorpusCase["direction"]) {
    const bytes = new TextEncoder().encode(text);
    const options = { direction, scanNumbers: true, decodeAndRescan: false };
    return scanDocument(textDocument(bytes), compiled, options).map((finding) => ({
      ...finding,
      start: unitsBefore(bytes, finding.start),
      end: unitsBefore(bytes, finding.end),
    }));
  }
}

interface Tally {
  readonly found: number;
  readonly wrong: number;
  readonly missed: number;
}

function typeScore(entityType: string, { found, wrong, missed }: Tally): TypeScore {
  return {
    entityType,
    truePositives: found,
    falsePositives: wrong,
    falseNegatives: missed,
    precision: share(found, found + wrong),
    recall: share(found, found + missed),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : Number((part / whole).toFixed(6));
}

function overlap(a: CorpusSpan, b: CorpusSpan): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}

function unitsBefore(bytes: Uint8Array, offset: number): number {
  return new TextDecoder().decode(bytes.subarray(0, offset)).length;
}
