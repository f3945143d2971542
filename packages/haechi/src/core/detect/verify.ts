import { BEYOND_ASCII, EDGE } from "./code-set.ts";
import { OFFSETS_RECORDED } from "./pattern-shape.ts";
import type { Rule } from "./rule.ts";

export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** False when the rule cannot match at the index of the text, however the text goes on. */
export function mayMatchText(rule: Rule, text: string, at: number): boolean {
  const { minLength, before } = rule.shape;
  if (before[at === 0 ? EDGE : codeAt(text, at - 1)] === 0) return false;
  const offsets = rule.shape.offsets();
  const checked = Math.min(minLength, OFFSETS_RECORDED, text.length - at);
  for (let offset = 0; offset < checked; offset++) {
    if (((offsets[codeAt(text, at + offset)]! >>> offset) & 1) === 0) return false;
  }
  return true;
}

/** What the pattern of the rule matches at the index: its group `value` when it has one. */
export function matchAt(rule: Rule, text: string, at: number): TextSpan | null {
  rule.pattern.lastIndex = at;
  const match = rule.pattern.exec(text);
  // With the flag u, a match that is asked for inside a surrogate pair starts before it.
  if (match === null || match.index !== at || match[0].length === 0) return null;
  const value = match.groups?.value;
  if (value === undefined) return { start: at, end: at + match[0].length };
  const { min, max } = rule.shape.valueOffset;
  const start = min === max ? at + min : match.indices!.groups!.value![0];
  return { start, end: start + value.length };
}

function codeAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return Math.min(code, BEYOND_ASCII);
}
