import type { Finding } from "./finding.ts";
import { GENERIC_EXCESS_MAX, GENERIC_SECRET_RULES } from "./secrets/generic-secrets.ts";

type Located = Pick<Finding, "leaf" | "entityType" | "ruleId" | "confidence" | "start" | "end">;

/**
 * One finding for each value of a type, however many rules know it: a finding that
 * lies within another of its type is that one. What remains has the wider span and
 * the rule and the confidence of the surest, so a dial drops no more than it would
 * have dropped of each. What a vendor's form tells to be an API key is no secret by
 * its name as well.
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
  return values.some(({ entityType }) => entityType === "api_key") ? keysOnce(values) : values;
}

/** Of values by place: API keys take the place of the same text found by its name alone. */
function keysOnce<Found extends Located>(values: readonly Found[]): readonly Found[] {
  const keys = values.filter(({ entityType }) => entityType === "api_key");
  const widened = new Map<Found, Found>();
  const taken = new Set<Found>();
  let first = 0;
  for (const value of values) {
    if (value.entityType !== "secret" || !GENERIC_SECRET_RULES.has(value.ruleId)) continue;
    while (first < keys.length && endsBefore(keys[first]!, value)) first++;
    const key = keys[first];
    if (key === undefined || !isSameText(key, value)) continue;
    taken.add(value);
    widened.set(key, {
      ...key,
      start: Math.min(key.start, value.start),
      end: Math.max(key.end, value.end),
    });
  }
  return values.filter((value) => !taken.has(value)).map((value) => widened.get(value) ?? value);
}

function endsBefore(a: Located, b: Located): boolean {
  return a.leaf < b.leaf || (a.leaf === b.leaf && a.end <= b.start);
}

/** True when the value lies within the key, or holds hardly more. */
function isSameText(key: Located, value: Located): boolean {
  if (key.leaf !== value.leaf || key.start >= value.end) return false;
  if (value.start >= key.start && value.end <= key.end) return true;
  const excess = value.end - value.start - (key.end - key.start);
  return value.start <= key.start && value.end >= key.end && excess <= GENERIC_EXCESS_MAX;
}

function byPlaceThenLength(a: Located, b: Located): number {
  return a.leaf - b.leaf || a.start - b.start || b.end - a.end;
}
