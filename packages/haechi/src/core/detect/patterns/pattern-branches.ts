import { allCodes, type CodeSet, keepCodes } from "./code-set.ts";
import { codesBefore } from "./pattern-before.ts";
import type { Alternative, PatternElement, PatternTree } from "./pattern-tree.ts";

/** One of the ways in which a pattern begins: what it takes, and what may stand before it. */
export interface PatternBranch {
  readonly elements: readonly PatternElement[];
  readonly before: CodeSet;
}

/**
 * The pattern as branches, each with look-behinds of its own: `(?:(?<!a)b|c)d` begins
 * behind an a only with c.
 */
export function branchesOf({ alternatives }: PatternTree, flags: string): PatternBranch[] {
  const branches = alternatives.flatMap(({ elements }) => branchesOfAll(elements, allCodes(), flags));
  if (branches.length <= BRANCHES_MAX) return branches;
  return alternatives.map((alternative) => ({ ...alternative, before: codesBefore([alternative], flags) }));
}

const BRANCHES_MAX = 64;

function branchesOfAll(elements: readonly PatternElement[], before: CodeSet, flags: string): PatternBranch[] {
  const first = elements.findIndex(({ type }) => type !== "Assertion");
  const opening = elements[first];
  const behind = before.slice();
  keepCodes(behind, codesBefore([{ elements: first === -1 ? elements : elements.slice(0, first) }], flags));
  const isGroup = opening?.type === "CapturingGroup" || (opening?.type === "Group" && opening.modifiers === null);
  if (!isGroup || !opening.alternatives.some(looksBehind)) return [{ elements, before: behind }];
  const rest = elements.slice(first + 1);
  return opening.alternatives.flatMap((inner) => branchesOfAll([...inner.elements, ...rest], behind, flags));
}

function looksBehind({ elements }: Alternative): boolean {
  const first = elements[0];
  if (first?.type === "Assertion") return first.kind === "lookbehind";
  return (first?.type === "Group" || first?.type === "CapturingGroup") && first.alternatives.some(looksBehind);
}
