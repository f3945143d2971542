import { codesOf, DIGIT_CODES, isWithin } from "./code-set.ts";
import type { Alternative, PatternElement, PatternTree } from "./pattern-tree.ts";

// What bounds every match, each asked for alone: the whole shape of a pattern takes longer to tell.

/** The fewest UTF-16 units that a match has. */
export function minLengthOf({ alternatives }: PatternTree): number {
  return Math.min(
    ...alternatives.map(({ elements }) => elements.reduce((length, element) => length + minLengthOfOne(element), 0)),
  );
}

/** The fewest UTF-16 units that an element takes. */
export function minLengthOfOne(element: PatternElement): number {
  switch (element.type) {
    case "Group":
    case "CapturingGroup":
      return minLengthOf(element);
    case "Quantifier":
      return element.min === 0 ? 0 : element.min * minLengthOfOne(element.element);
    case "Assertion":
    case "Backreference":
      return 0;
    default:
      return 1;
  }
}

/** True when every match holds a digit. */
export function needsDigit({ alternatives }: PatternTree, flags: string): boolean {
  return alternatives.every(({ elements }) => elements.some((element) => oneNeedsDigit(element, flags)));
}

function oneNeedsDigit(element: PatternElement, flags: string): boolean {
  switch (element.type) {
    case "Group":
    case "CapturingGroup":
      return needsDigit(element, flags);
    case "Quantifier":
      return element.min > 0 && oneNeedsDigit(element.element, flags);
    case "Assertion":
    case "Backreference":
      return false;
    default:
      return isWithin(codesOf(element, flags), DIGIT_CODES);
  }
}

/** The most characters that a match has before its group `value`; 0 when the pattern has none. */
export function prefixLengthMax(pattern: PatternTree): number {
  return Math.max(0, ...pattern.alternatives.map(({ elements }) => lengthBeforeValue(elements)));
}

/** Below 0 when the elements do not hold the group. */
function lengthBeforeValue(elements: readonly PatternElement[]): number {
  const at = elements.findIndex((element) => holdsValue(element));
  if (at === -1) return -1;
  const before = elements.slice(0, at).reduce((length, element) => length + maxLengthOf(element), 0);
  return before + lengthWithinBeforeValue(elements[at]!);
}

function lengthWithinBeforeValue(element: PatternElement): number {
  if (element.type === "CapturingGroup" && element.name === "value") return 0;
  if (element.type === "Group" || element.type === "CapturingGroup") return prefixLengthMax(element);
  // The group may stand in any of the repetitions.
  return element.type === "Quantifier" ? maxLengthOf(element) : 0;
}

function holdsValue(element: PatternElement): boolean {
  switch (element.type) {
    case "CapturingGroup":
    case "Group":
      if (element.type === "CapturingGroup" && element.name === "value") return true;
      return element.alternatives.some(({ elements }) => elements.some(holdsValue));
    case "Quantifier":
      return holdsValue(element.element);
    default:
      return false;
  }
}

/** In characters, of which one beyond U+FFFF is two units. */
function maxLengthOf(element: PatternElement): number {
  switch (element.type) {
    case "Group":
    case "CapturingGroup":
      return Math.max(
        0,
        ...element.alternatives.map(({ elements }) => elements.reduce((length, one) => length + maxLengthOf(one), 0)),
      );
    case "Quantifier":
      return element.max === 0 ? 0 : element.max * maxLengthOf(element.element);
    case "Assertion":
      return 0;
    case "Backreference":
      return Number.POSITIVE_INFINITY;
    default:
      return 2;
  }
}

/** An upper bound for the ways in which the alternatives can be walked over one text. */
export function waysOf(alternatives: readonly Alternative[]): number {
  return alternatives.reduce(
    (sum, { elements }) => sum + elements.reduce((product, element) => product * waysOfElement(element), 1),
    0,
  );
}

function waysOfElement(element: PatternElement): number {
  if (element.type === "Group" || element.type === "CapturingGroup") return waysOf(element.alternatives);
  if (element.type !== "Quantifier") return 1;
  const inner = waysOfElement(element.element);
  const choices = element.max - element.min + 1;
  if (inner === 1 || choices === Number.POSITIVE_INFINITY) return choices;
  return inner ** element.max * choices;
}
