import { addCodes, BEYOND_ASCII, type CodeSet, codesOf, emptyCodes, hasCode, isWithin } from "./code-set.ts";
import { type Alternative, isCharacterNode, type PatternElement, type PatternTree } from "./pattern-tree.ts";

/** True when the pattern forbids each of the characters to follow a match: a match ends where a run of them does. */
export function endsWithin({ alternatives }: PatternTree, alphabet: CodeSet, flags: string): boolean {
  // Of what is beyond ASCII a set tells only that it holds some.
  if (hasCode(alphabet, BEYOND_ASCII)) return false;
  return alternatives.every((alternative) => forbidsToFollow(alternative, alphabet, flags));
}

function forbidsToFollow({ elements }: Alternative, alphabet: CodeSet, flags: string): boolean {
  const last = elements.at(-1);
  return last !== undefined && forbids(last, alphabet, flags);
}

function forbids(element: PatternElement, alphabet: CodeSet, flags: string): boolean {
  if (element.type === "CapturingGroup" || (element.type === "Group" && element.modifiers === null)) {
    return element.alternatives.every((alternative) => forbidsToFollow(alternative, alphabet, flags));
  }
  if (element.type !== "Assertion" || element.kind !== "lookahead" || !element.negate) return false;
  const forbidden = emptyCodes();
  for (const { elements } of element.alternatives) {
    const [only] = elements;
    // What is longer than a character forbids only some of what begins so.
    if (elements.length !== 1 || only === undefined || !isCharacterNode(only)) return false;
    addCodes(forbidden, codesOf(only, flags));
  }
  return isWithin(alphabet, forbidden);
}
