import type { Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";

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
  // Of hundreds of rules few match anywhere in a text.
  if (!matchesSomewhere(detector, text)) return [];
  const pattern = new RegExp(detector.pattern.source, `${flagsOf(detector)}dy`);
  const findings: OracleFinding[] = [];
  for (let at = 0; at < text.length; at++) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const [start, end] = match.indices!.groups?.value ?? match.indices![0]!;
    if (detector.accepts?.(text.slice(start, end)) === false) continue;
    const names = [key, headerOver(text, start)];
    if (!hasContext(detector, text, start, end, names)) continue;
    findings.push({ ruleId: detector.id, confidence: confidenceOf(detector, text, start, end, names), start, end });
    at = Math.max(at, end - 1);
  }
  return findings;
}

function matchesSomewhere(detector: Detector<EntityType>, text: string): boolean {
  let pattern = anywhere.get(detector);
  if (pattern === undefined) {
    pattern = new RegExp(detector.pattern.source, flagsOf(detector));
    anywhere.set(detector, pattern);
  }
  return pattern.test(text);
}

const anywhere = new WeakMap<Detector<EntityType>, RegExp>();

function flagsOf({ pattern }: Detector<EntityType>): string {
  return pattern.flags.replace(/[dgy]/g, "");
}

function hasContext(
  { context }: Detector<EntityType>,
  text: string,
  start: number,
  end: number,
  names: readonly (string | null)[],
): boolean {
  if (context === undefined) return true;
  const before = text.slice(Math.max(0, start - context.reach), start);
  const after = text.slice(end, end + context.reach);
  if (context.forbids?.some((word) => holdsWord(text.slice(0, start), word, start - context.reach)) === true)
    return false;
  if (context.rejects?.(before, after) === true) return false;
  return context.requires?.some((word) => isSaid(word, text, start, end, context.reach, names)) ?? true;
}

/** Words of `raises` bring a confidence up by 0.15, to 0.99 at most. */
function confidenceOf(
  { confidence, context }: Detector<EntityType>,
  text: string,
  start: number,
  end: number,
  names: readonly (string | null)[],
): number {
  if (context?.raises === undefined) return confidence;
  const raised = context.raises.some((word) => isSaid(word, text, start, end, context.reach, names));
  return raised ? Math.max(confidence, Math.min(0.99, confidence + 0.15)) : confidence;
}

/** True when the word stands within reach of the span, or in one of the names. */
function isSaid(
  word: string,
  text: string,
  start: number,
  end: number,
  reach: number,
  names: readonly (string | null)[],
): boolean {
  if (holdsWord(text.slice(0, start), word, start - reach)) return true;
  return holdsWord(text.slice(end), word, 0, reach) || names.some((name) => holdsWord(name, word));
}

/** The cell over the index, in the first line of the block of lines with as many of a delimiter. */
function headerOver(text: string, index: number): string | null {
  const lines = text.split("\n");
  const above = text.slice(0, index).split("\n");
  const line = above.length - 1;
  for (const delimiter of ["\t", "|", ";", ","]) {
    const count = (at: number) => cellsOf(lines[at]!, delimiter).length;
    let first = line;
    while (first > 0 && count(first - 1) === count(line)) first--;
    if (count(line) === 1 || first === line) continue;
    if (/^[[{]/.test(lines[first]!)) return null;
    const header = cellsOf(lines[first]!, delimiter)[cellsOf(above[line]!, delimiter).length - 1]!.trim();
    return header.length > 40 || /\d{3}/.test(header) ? null : header;
  }
  return null;
}

/** The pieces of a line between delimiters that do not stand in quotes; quotes are left out. */
function cellsOf(line: string, delimiter: string): string[] {
  const quoted = line.split('"').map((piece, at) => (at % 2 === 0 ? piece.replaceAll(delimiter, "\n") : piece));
  return quoted.join("").split("\n");
}

/** True when the word stands between the two places; letters beyond them may make it a longer word. */
function holdsWord(text: string | null, word: string, from = 0, to = Number.POSITIVE_INFINITY): boolean {
  if (text === null) return false;
  const lower = text.toLowerCase();
  const wanted = word.toLowerCase();
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1)) {
    const isWithin = at >= from && at + wanted.length <= to;
    if (isWithin && isBorder(text, at) && isBorder(text, at + wanted.length)) return true;
  }
  return false;
}

function isBorder(text: string, at: number): boolean {
  const pair = text.slice(Math.max(0, at - 1), at + 1);
  return at === 0 || at === text.length || !/^[a-z]{2}$/i.test(pair) || /^[a-z][A-Z]$/.test(pair);
}
