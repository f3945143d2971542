import {
  addCodes,
  allCodes,
  BEYOND_ASCII,
  type CodeSet,
  codesOf,
  dropAscii,
  dropCode,
  emptyCodes,
  keepCodes,
} from "./code-set.ts";
import { minLengthOfOne } from "./pattern-bounds.ts";
import {
  type Alternative,
  type AssertionNode,
  type BackreferenceNode,
  type CharacterNode,
  isCharacterNode,
  type LookAround,
  type PatternElement,
} from "./pattern-tree.ts";

/** What may stand right before a match: all that the leading look-behinds of the alternatives do not forbid. */
export function codesBefore(alternatives: readonly Alternative[], flags: string): CodeSet {
  const before = emptyCodes();
  for (const alternative of alternatives) addCodes(before, beforeAll(alternative.elements, flags));
  return before;
}

function beforeAll(elements: readonly PatternElement[], flags: string): CodeSet {
  const before = allCodes();
  for (const element of elements) {
    if (element.type === "Group" || element.type === "CapturingGroup") {
      keepCodes(before, codesBefore(element.alternatives, flags));
      return before;
    }
    if (element.type !== "Assertion") return before;
    if (element.kind === "lookbehind") keepCodes(before, beforeLook(element, flags));
  }
  return before;
}

function beforeLook(look: LookAround<"lookbehind">, flags: string): CodeSet {
  if (!look.negate) return lastOfAny(look.alternatives, flags);
  const before = allCodes();
  for (const { elements } of look.alternatives) {
    const only = elements[0];
    if (elements.length !== 1 || only === undefined || !isCharacterNode(only)) continue;
    const codes = codesOf(only, flags);
    // Beyond ASCII the set says "some", and only "all" would forbid.
    dropAscii(before, codes);
    if (takesEverything(only)) dropCode(before, BEYOND_ASCII);
  }
  return before;
}

function lastOfAny(alternatives: readonly Alternative[], flags: string): CodeSet {
  const last = emptyCodes();
  for (const { elements } of alternatives) addCodes(last, lastOfAll(elements, flags));
  return last;
}

function lastOfAll(elements: readonly PatternElement[], flags: string): CodeSet {
  const last = emptyCodes();
  for (const element of elements.toReversed()) {
    if (element.type === "Assertion" || element.type === "Backreference") return allCodes();
    addCodes(last, lastOf(element, flags));
    if (minLengthOfOne(element) > 0) return last;
  }
  return allCodes();
}

function lastOf(element: Exclude<PatternElement, AssertionNode | BackreferenceNode>, flags: string): CodeSet {
  switch (element.type) {
    case "Group":
    case "CapturingGroup":
      return lastOfAny(element.alternatives, flags);
    case "Quantifier":
      return lastOfAll([element.element], flags);
    default:
      return codesOf(element, flags);
  }
}

function takesEverything(element: CharacterNode): boolean {
  return element.raw === "[\\s\\S]" || element.raw === "[^]";
}
