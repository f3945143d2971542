import { addCodes, type CodeSet, codesOf, emptyCodes } from "./code-set.ts";
import type { Alternative, AssertionNode, PatternElement, PatternTree, QuantifierNode } from "./pattern-tree.ts";

/** What can be said of a pattern without running it. Lengths are in UTF-16 units. */
export interface PatternShape {
  readonly minLength: number;
  /** Infinity when a quantifier has no upper bound. */
  readonly maxLength: number;
  /** How far the pattern looks behind a match, and ahead of it. */
  readonly behind: number;
  readonly ahead: number;
  /** What a match may hold. */
  readonly alphabet: CodeSet;
  /** Where the group `value` may begin inside a match; 0 to 0 when the pattern has none. */
  readonly valueOffset: LengthRange;
  readonly hasBackreference: boolean;
  /** A repetition without an upper bound, inside another repetition. */
  readonly hasNestedRepetition: boolean;
  /** A member such as \q{abc} that takes several characters at once. */
  readonly hasStringClass: boolean;
  /** A group that sets the flag m or s, as (?s:.) does. */
  readonly hasAddedFlag: boolean;
}

export interface LengthRange {
  readonly min: number;
  readonly max: number;
}

/** What can be said of the pattern, told in one walk over it. */
export function shapeOf(pattern: PatternTree, flags: string): PatternShape {
  const walk = new ShapeWalk(flags);
  const length = walk.lengthOfAny(pattern.alternatives);
  return {
    minLength: length.min,
    maxLength: length.max,
    behind: walk.behind,
    ahead: walk.ahead,
    alphabet: walk.alphabet,
    valueOffset: (walk.hasValue ? walk.valueOffsetIn(pattern.alternatives) : null) ?? NOTHING,
    hasBackreference: walk.hasBackreference,
    hasNestedRepetition: walk.hasNestedRepetition,
    hasStringClass: walk.hasStringClass,
    hasAddedFlag: walk.hasAddedFlag,
  };
}

const NOTHING: LengthRange = { min: 0, max: 0 };
const MAY_TAKE_STRINGS = /\\q\{|\\p\{(?:Basic_Emoji|Emoji_Keycap|RGI_)/;

type Alternatives = readonly Alternative[];

class ShapeWalk {
  readonly flags: string;
  readonly #lengths = new Map<PatternElement, LengthRange>();
  readonly alphabet = emptyCodes();
  behind = 0;
  ahead = 0;
  hasValue = false;
  hasBackreference = false;
  hasNestedRepetition = false;
  hasStringClass = false;
  hasAddedFlag = false;

  constructor(flags: string) {
    this.flags = flags;
  }

  lengthOfAny(alternatives: Alternatives): LengthRange {
    return alternatives.map(({ elements }) => this.#lengthOfAll(elements)).reduce(either);
  }

  #lengthOfAll(elements: readonly PatternElement[]): LengthRange {
    return elements.map((element) => this.#lengthOf(element)).reduce(sum, NOTHING);
  }

  // Asked for again on every level of a pattern, so each answer is kept.
  #lengthOf(element: PatternElement): LengthRange {
    let length = this.#lengths.get(element);
    if (length === undefined) {
      length = this.#lengthNotKept(element);
      this.#lengths.set(element, length);
    }
    return length;
  }

  #lengthNotKept(element: PatternElement): LengthRange {
    switch (element.type) {
      case "Group":
        if (/[ms]/.test(element.modifiers?.raw.split("-")[0] ?? "")) this.hasAddedFlag = true;
        return this.lengthOfAny(element.alternatives);
      case "CapturingGroup":
        if (element.name === "value") this.hasValue = true;
        return this.lengthOfAny(element.alternatives);
      case "Quantifier":
        return this.#lengthOfRepeated(element);
      case "Assertion":
        this.#noteLook(element);
        return NOTHING;
      case "Backreference":
        this.hasBackreference = true;
        return { min: 0, max: Number.POSITIVE_INFINITY };
      case "Character":
        addCodes(this.alphabet, codesOf(element, this.flags));
        return element.value > 0xffff ? { min: 2, max: 2 } : { min: 1, max: 1 };
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        addCodes(this.alphabet, codesOf(element, this.flags));
        if (this.flags.includes("v") && MAY_TAKE_STRINGS.test(element.raw)) this.hasStringClass = true;
        return { min: 1, max: /[uv]/.test(this.flags) ? 2 : 1 };
    }
  }

  #lengthOfRepeated({ element, min, max }: QuantifierNode): LengthRange {
    const length = this.#lengthOf(element);
    if (max > 1 && length.max === Number.POSITIVE_INFINITY) this.hasNestedRepetition = true;
    return repeated(length, min, max);
  }

  #noteLook(assertion: AssertionNode): void {
    switch (assertion.kind) {
      case "start":
        this.behind = Math.max(this.behind, 1);
        return;
      case "end":
        this.ahead = Math.max(this.ahead, 1);
        return;
      case "word":
        this.behind = Math.max(this.behind, 1);
        this.ahead = Math.max(this.ahead, 1);
        return;
      case "lookbehind":
        this.behind = Math.max(this.behind, this.lengthOfAny(assertion.alternatives).max);
        return;
      case "lookahead":
        this.ahead = Math.max(this.ahead, this.lengthOfAny(assertion.alternatives).max);
        return;
    }
  }

  /** How far into a match the group `value` begins, or null when none of the alternatives holds it. */
  valueOffsetIn(alternatives: Alternatives): LengthRange | null {
    let found: LengthRange | null = null;
    for (const { elements } of alternatives) {
      let length = NOTHING;
      for (const element of elements) {
        const inside = this.#valueOffsetOf(element);
        if (inside !== null) found = found === null ? sum(length, inside) : either(found, sum(length, inside));
        length = sum(length, this.#lengthOf(element));
      }
    }
    return found;
  }

  #valueOffsetOf(element: PatternElement): LengthRange | null {
    switch (element.type) {
      case "CapturingGroup":
        return element.name === "value" ? NOTHING : this.valueOffsetIn(element.alternatives);
      case "Group":
        return this.valueOffsetIn(element.alternatives);
      case "Quantifier": {
        const inside = this.#valueOffsetOf(element.element);
        if (inside === null) return null;
        return { min: inside.min, max: inside.max + repeated(this.#lengthOf(element.element), 0, element.max - 1).max };
      }
      default:
        return null;
    }
  }
}

function sum(a: LengthRange, b: LengthRange): LengthRange {
  return { min: a.min + b.min, max: a.max + b.max };
}

function either(a: LengthRange, b: LengthRange): LengthRange {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

function repeated(length: LengthRange, min: number, max: number): LengthRange {
  // Nothing, however often, stays nothing: 0 × Infinity is NaN.
  return { min: length.min * min, max: length.max === 0 ? 0 : length.max * max };
}
