import type { Rule } from "./rule.ts";

export interface TextSpan {
  readonly start: number;
  readonly end: number;
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
