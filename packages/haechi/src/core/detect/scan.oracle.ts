import type { Detector } from "./detector.ts";
import type { EntityType } from "./entity-type.ts";

/** A finding in a text, with UTF-16 offsets. */
export interface OracleFinding {
  readonly ruleId: string;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What the rules find in one normalized text, in the slow and obvious way: each rule
 * by itself, its pattern tried at every place, no anchor and no table. Tests hold the
 * scan against it.
 */
export function findByTryingEverything(
  detectors: readonly Detector<EntityType>[],
  text: string,
  key: string | null = null,
): OracleFinding[] {
  return detectors
    .flatMap((detector) => findAll(detector, text, key))
    .sort((a, b) => a.start - b.start || b.end - a.end || (a.ruleId < b.ruleId ? -1 : 1));
}

function findAll(detector: Detector<EntityType>, text: string, key: string | null): OracleFinding[] {
  const pattern = new RegExp(detector.pattern.source, `${detector.pattern.flags.replace(/[dgy]/g, "")}dy`);
  const findings: OracleFinding[] = [];
  for (let at = 0; at < text.length; at++) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const [start, end] = match.indices!.groups?.value ?? match.indices![0]!;
    if (detector.accepts?.(text.slice(start, end)) === false) continue;
    if (!hasContext(detector, text, start, end, key)) continue;
    findings.push({ ruleId: detector.id, confidence: confidenceOf(detector, text, start, end, key), start, end });
    at = Math.max(at, end - 1);
  }
  return findings;
}

function hasContext(
  { context }: Detector<EntityType>,
  text: string,
  start: number,
  end: number,
  key: string | null,
): boolean {
  if (context === undefined) return true;
  const before = text.slice(Math.max(0, start - context.reach), start);
  const after = text.slice(end, end + context.reach);
  if (context.forbids?.some((word) => holdsWord(before, word)) === true) return false;
  if (context.rejects?.(before, after) === true) return false;
  return context.requires?.some((word) => [before, after, key ?? ""].some((place) => holdsWord(place, word))) ?? true;
}

/** Words of `raises` bring a confidence up by 0.15, to 0.99 at most. */
function confidenceOf(
  { confidence, context }: Detector<EntityType>,
  text: string,
  start: number,
  end: number,
  key: string | null,
): number {
  if (context?.raises === undefined) return confidence;
  const before = text.slice(Math.max(0, start - context.reach), start);
  const after = text.slice(end, end + context.reach);
  const raised = context.raises.some((word) => [before, after, key ?? ""].some((place) => holdsWord(place, word)));
  return raised ? Math.max(confidence, Math.min(0.99, confidence + 0.15)) : confidence;
}

function holdsWord(place: string, word: string): boolean {
  const lower = place.toLowerCase();
  const wanted = word.toLowerCase();
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1)) {
    if (isBorder(place, at) && isBorder(place, at + wanted.length)) return true;
  }
  return false;
}

function isBorder(text: string, at: number): boolean {
  const pair = text.slice(Math.max(0, at - 1), at + 1);
  return at === 0 || at === text.length || !/^[a-z]{2}$/i.test(pair) || /^[a-z][A-Z]$/.test(pair);
}
