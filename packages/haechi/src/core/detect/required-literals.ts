import type { Alternative, PatternElement, PatternTree } from "./pattern-tree.ts";

/** Literals of which one opens every match, each as long as the pattern tells; null when it does not. */
export function requiredLiterals(pattern: PatternTree, flags: string): readonly string[] | null {
  // With u or v, folding leaves ASCII, and a literal might be written with another letter.
  if (flags.includes("i") && /[uv]/.test(flags)) return null;
  const literals = opening(pattern.alternatives);
  return literals.every(({ text }) => text.length > 0) ? literals.map(({ text }) => text) : null;
}

// An alternation of more literals than this is looked for everywhere instead.
const LITERALS_MAX = 256;

interface Opening {
  readonly text: string;
  /** What follows the text is not a literal any more. */
  readonly closed: boolean;
}

function opening(alternatives: readonly Alternative[]): Opening[] {
  const all = alternatives.flatMap(({ elements }) => openingOfAll(elements));
  return all.length <= LITERALS_MAX ? all : [{ text: "", closed: true }];
}

function openingOfAll(elements: readonly PatternElement[]): Opening[] {
  let openings: Opening[] = [{ text: "", closed: false }];
  for (const element of elements) {
    if (takesNothing(element)) continue;
    const next = openingOf(element);
    openings = openings.flatMap((before) =>
      before.closed ? [before] : next.map(({ text, closed }) => ({ text: before.text + text, closed })),
    );
    if (openings.length > LITERALS_MAX) return [{ text: "", closed: true }];
  }
  return openings;
}

function openingOf(element: PatternElement): Opening[] {
  if (element.type === "Character") return [{ text: String.fromCodePoint(element.value), closed: false }];
  if (element.type === "CapturingGroup") return opening(element.alternatives);
  if (element.type === "Group" && element.modifiers === null) return opening(element.alternatives);
  return [{ text: "", closed: true }];
}

function takesNothing(element: PatternElement): boolean {
  if (element.type === "Assertion") return true;
  return element.type === "Group" && element.alternatives.every(({ elements }) => elements.every(takesNothing));
}
