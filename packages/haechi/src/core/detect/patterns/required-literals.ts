import type { Alternative, CharacterClass, PatternElement, PatternTree } from "./pattern-tree.ts";

/** Literals of which one opens every match, each as long as the pattern tells; null when it does not. */
export function requiredLiterals(pattern: PatternTree, flags: string): readonly string[] | null {
  // With u or v, folding leaves ASCII, and a literal might be written with another letter.
  if (flags.includes("i") && /[uv]/.test(flags)) return null;
  const literals = opening(pattern.alternatives);
  return literals.every(({ text }) => text.length > 0) ? literals.map(({ text }) => text) : null;
}

// An alternation of more literals than this is looked for everywhere instead.
const LITERALS_MAX = 4096;

interface Opening {
  readonly text: string;
  /** What follows the text is not a literal any more. */
  readonly closed: boolean;
}

function opening(alternatives: readonly Alternative[]): Opening[] {
  const all = distinct(alternatives.flatMap(({ elements }) => openingOfAll(elements)));
  return all.length <= LITERALS_MAX ? all : [{ text: "", closed: true }];
}

function openingOfAll(elements: readonly PatternElement[]): Opening[] {
  let openings: Opening[] = [{ text: "", closed: false }];
  for (const element of elements) {
    if (takesNothing(element)) continue;
    const next = openingOf(element);
    // A shorter literal opens the same matches.
    if (openings.length * next.length > LITERALS_MAX) return openings.map(({ text }) => ({ text, closed: true }));
    openings = distinct(
      openings.flatMap((before) =>
        before.closed ? [before] : next.map(({ text, closed }) => ({ text: before.text + text, closed })),
      ),
    );
  }
  return openings;
}

function distinct(openings: readonly Opening[]): Opening[] {
  return [...new Map(openings.map((one) => [`${one.closed}${one.text}`, one])).values()];
}

function openingOf(element: PatternElement): Opening[] {
  if (element.type === "Character") return [{ text: String.fromCodePoint(element.value), closed: false }];
  if (element.type === "CharacterClass") return openingOfClass(element);
  if (element.type === "CapturingGroup") return opening(element.alternatives);
  if (element.type === "Group" && element.modifiers === null) return opening(element.alternatives);
  return [{ text: "", closed: true }];
}

/** A class of one character is that character. */
function openingOfClass({ negate, elements }: CharacterClass): Opening[] {
  const [only] = elements;
  if (negate || elements.length !== 1 || only?.type !== "Character") return [{ text: "", closed: true }];
  return [{ text: String.fromCodePoint(only.value), closed: false }];
}

function takesNothing(element: PatternElement): boolean {
  if (element.type === "Assertion") return true;
  return element.type === "Group" && element.alternatives.every(({ elements }) => elements.every(takesNothing));
}
