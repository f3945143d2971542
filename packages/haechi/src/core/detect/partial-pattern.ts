import type { Alternative, PatternElement, PatternTree, QuantifierNode } from "./pattern-tree.ts";

/**
 * Source of the pattern that matches, at a place, exactly when the text from there
 * to its end could be the beginning of a match (or of what a match must see after
 * it): every atom may be missing once the text has ended. While it does not match,
 * nothing that is still to come can change what the pattern itself says there.
 */
export function partialSource(pattern: PatternTree): string {
  return `(?:${anyOf(pattern.alternatives)})${END}`;
}

// Unlike $, true only at the end of the text, whatever the flags.
const END = "(?![^])";

function anyOf(alternatives: readonly Alternative[]): string {
  return alternatives.map(({ elements }) => elements.map(one).join("")).join("|");
}

function one(element: PatternElement): string {
  switch (element.type) {
    case "Quantifier":
      return repeated(element);
    case "CapturingGroup":
      return `(?:${anyOf(element.alternatives)})`;
    case "Group":
      return `(?${element.modifiers?.raw ?? ""}:${anyOf(element.alternatives)})`;
    default:
      // An assertion too: past the end it is not decided yet.
      return `(?:${element.raw}|${END})`;
  }
}

function repeated({ element, min, max, greedy, raw }: QuantifierNode): string {
  if (element.type === "Group" || element.type === "CapturingGroup") {
    return `(?:${one(element)})${times(min, max)}${greedy ? "" : "?"}`;
  }
  // The common case, a repeated class, stays one loop: whole, or cut off by the end.
  return min === 0 ? raw : `(?:${raw}|${element.raw}${times(0, min - 1)}${END})`;
}

function times(min: number, max: number): string {
  return max === Number.POSITIVE_INFINITY ? `{${min},}` : `{${min},${max}}`;
}
