import { allCodes, type CodeSet, codesOf, dropAscii, emptyCodes } from "./code-set.ts";
import type { PatternBranch } from "./pattern-branches.ts";
import { type Rest, repetition, sequence } from "./pattern-rest.ts";
import { type Alternative, type AssertionNode, isCharacterNode, type PatternElement } from "./pattern-tree.ts";

/** The nodes with which a match begins behind certain characters. */
export interface PatternEntry {
  readonly nodes: readonly number[];
  readonly before: CodeSet;
}

/** How many characters of a match are told apart: enough to turn away nearly all that cannot be one. */
export const STEPS = 20;

/**
 * The characters of patterns as nodes of one nondeterministic automaton, repetitions
 * written out as far as `STEPS` goes. Nodes are made when the one before them is left,
 * so a pattern that texts seldom begin with stays nearly unwritten.
 */
export class PatternNodes {
  /** By node: what it takes. A node that takes nothing is the end of its pattern. */
  readonly codes: CodeSet[] = [];
  /** By node: the pattern, by the number it was added with. */
  readonly pattern: number[] = [];
  readonly #rest: Rest<number>[] = [];
  readonly #flags: string[] = [];
  readonly #end: number[] = [];
  readonly #room: number[] = [];

  get count(): number {
    return this.codes.length;
  }

  /** How many patterns have been added. */
  get patterns(): number {
    return this.#end.length;
  }

  isEnd(node: number): boolean {
    return this.#end[this.pattern[node]!] === node;
  }

  /** Adds the pattern, as the next in number: the nodes with which each of its branches begins. */
  add(branches: readonly PatternBranch[], flags: string): PatternEntry[] {
    const pattern = this.#end.length;
    this.#flags.push(flags);
    this.#room.push(PATTERN_NODES_MAX);
    const end: Rest<number> = { kind: "end", entries: null };
    this.#end.push(this.#node(pattern, NOTHING, end));
    return branches.map(({ elements, before }) => ({
      nodes: this.#entries(sequence(elements, 0, end), pattern),
      before,
    }));
  }

  /** The nodes that may come after the node. */
  after(node: number): readonly number[] {
    return this.#entries(this.#rest[node]!, this.pattern[node]!);
  }

  #node(pattern: number, codes: CodeSet, rest: Rest<number>): number {
    this.codes.push(codes);
    this.#rest.push(rest);
    return this.pattern.push(pattern) - 1;
  }

  #entries(rest: Rest<number>, pattern: number): readonly number[] {
    if (rest.entries === null) {
      // A pattern that is written out so far is not read ahead any further: it may match.
      const isTooMuch = --this.#room[pattern]! < 0;
      rest.entries = isTooMuch ? [this.#end[pattern]!] : this.#entriesNotKept(rest, pattern);
    }
    return rest.entries;
  }

  #entriesNotKept(rest: Rest<number>, pattern: number): readonly number[] {
    switch (rest.kind) {
      case "end":
        return [this.#end[pattern]!];
      case "sequence": {
        const { elements, index, next } = rest;
        const element = elements[index];
        if (element === undefined) return this.#entries(next, pattern);
        const isLast = index + 1 === elements.length;
        return this.#one(element, isLast ? next : sequence(elements, index + 1, next), pattern);
      }
      case "repetition": {
        const { quantifier, times, next } = rest;
        const { element, min, max } = quantifier;
        // What is repeated more often than that ends behind the last character read.
        if (times === Math.min(max, STEPS)) return this.#entries(next, pattern);
        const more = this.#one(element, repetition(quantifier, times + 1, next), pattern);
        return times < min ? more : distinct([more, this.#entries(next, pattern)]);
      }
    }
  }

  #any(alternatives: readonly Alternative[], next: Rest<number>, pattern: number): readonly number[] {
    return distinct(alternatives.map(({ elements }) => this.#entries(sequence(elements, 0, next), pattern)));
  }

  #one(element: PatternElement, next: Rest<number>, pattern: number): readonly number[] {
    switch (element.type) {
      case "Group":
      case "CapturingGroup":
        return this.#any(element.alternatives, next, pattern);
      case "Quantifier":
        return this.#entries(repetition(element, 0, next), pattern);
      case "Assertion": {
        const codes = next.kind === "end" ? codesThatMayFollow(element, this.#flags[pattern]!) : null;
        return codes === null ? this.#entries(next, pattern) : [this.#node(pattern, codes, next)];
      }
      case "Backreference":
        return this.#entries(next, pattern);
      default:
        return [this.#node(pattern, codesOf(element, this.#flags[pattern]!), next)];
    }
  }
}

/** A pattern that is written out in more pieces than that is not read ahead. */
const PATTERN_NODES_MAX = 8192;

const NOTHING: CodeSet = emptyCodes();

function distinct(lists: readonly (readonly number[])[]): readonly number[] {
  return lists.length === 1 ? lists[0]! : [...new Set(lists.flat())];
}

/**
 * What a look-ahead at the end of a pattern lets follow, the end of the text too: a
 * node that takes it does as well as one that only looks. Null when it forbids
 * anything but single characters.
 */
function codesThatMayFollow(assertion: AssertionNode, flags: string): CodeSet | null {
  if (assertion.kind !== "lookahead" || !assertion.negate) return null;
  const codes = allCodes();
  for (const { elements } of assertion.alternatives) {
    const only = elements[0];
    if (elements.length !== 1 || only === undefined || !isCharacterNode(only)) return null;
    // Beyond ASCII the set says "some", and only "all" would forbid.
    dropAscii(codes, codesOf(only, flags));
  }
  return codes;
}
