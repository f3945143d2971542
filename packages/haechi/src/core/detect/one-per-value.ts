import type { Finding } from "./finding.ts";

type Located = Pick<Finding, "leaf" | "entityType" | "ruleId" | "confidence" | "start" | "end">;

/**
 * One finding for each value of a type, however many rules know it: a finding that
 * lies within another of its type is that one. What remains has the wider span and
 * the rule and the confidence of the surest, so a dial drops no more than it would
 * have dropped of each.
 */
export function onePerValue<Found extends Located>(findings: readonly Found[]): readonly Found[] {
  if (findings.length < 2) return findings;
  const widest = new Map<string, number>();
  const values: Found[] = [];
  for (const finding of findings.toSorted(byPlaceThenLength)) {
    const index = widest.get(finding.entityType);
    const outer = index === undefined ? undefined : values[index]!;
    if (index === undefined || outer === undefined || outer.leaf !== finding.leaf || finding.end > outer.end) {
      widest.set(finding.entityType, values.push(finding) - 1);
    } else if (finding.confidence > outer.confidence) {
      values[index] = { ...outer, ruleId: finding.ruleId, confidence: finding.confidence };
    }
  }
  return values;
}

function byPlaceThenLength(a: Located, b: Located): number {
  return a.leaf - b.leaf || a.start - b.start || b.end - a.end;
}
