import {
  addCodes,
  allCodes,
  BEYOND_ASCII,
  type CodeSet,
  codesOf,
  DIGIT_CODES,
  dropAscii,
  dropCode,
  emptyCodes,
  isWithin,
  keepCodes,
} from "./code-set.ts";
import {
  type Alternative,
  type AssertionNode,
  type BackreferenceNode,
  type CharacterNode,
  isCharacterNode,
  type LookAround,
  type PatternElement,
  type PatternTree,
  type QuantifierNode,
} from "./pattern-tree.ts";

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

/** The fewest UTF-16 units that a match has. */
export function minLengthOf({ alternatives }: PatternTree): number {
  return Math.min(
    ...alternatives.map(({ elements }) => elements.reduce((length, element) => length + minLengthOfOne(element), 0)),
  );
}

function minLengthOfOne(element: PatternElement): number {
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

/** What may stand right before a match. */
export function codesBefore(alternatives: Alternatives, flags: string): CodeSet {
  return new ShapeWalk(flags).beforeAny(alternatives);
}

/** An upper bound for the ways in which the alternatives can be walked over one text. */
export function waysOf(alternatives: Alternatives): number {
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

  /** What the leading look-behinds of the alternatives leave possible right before them. */
  beforeAny(alternatives: Alternatives): CodeSet {
    const before = emptyCodes();
    for (const alternative of alternatives) addCodes(before, this.#beforeAll(alternative.elements));
    return before;
  }

  #beforeAll(elements: readonly PatternElement[]): CodeSet {
    const before = allCodes();
    for (const element of elements) {
      if (element.type === "Group" || element.type === "CapturingGroup") {
        keepCodes(before, this.beforeAny(element.alternatives));
        return before;
      }
      if (element.type !== "Assertion") return before;
      if (element.kind === "lookbehind") keepCodes(before, this.#beforeLook(element));
    }
    return before;
  }

  #beforeLook(look: LookAround<"lookbehind">): CodeSet {
    if (!look.negate) return this.#lastOfAny(look.alternatives);
    const before = allCodes();
    for (const { elements } of look.alternatives) {
      const only = elements[0];
      if (elements.length !== 1 || only === undefined || !isCharacterNode(only)) continue;
      const codes = codesOf(only, this.flags);
      // Beyond ASCII the set says "some", and only "all" would forbid.
      dropAscii(before, codes);
      if (takesEverything(only)) dropCode(before, BEYOND_ASCII);
    }
    return before;
  }

  #lastOfAny(alternatives: Alternatives): CodeSet {
    const last = emptyCodes();
    for (const { elements } of alternatives) addCodes(last, this.#lastOfAll(elements));
    return last;
  }

  #lastOfAll(elements: readonly PatternElement[]): CodeSet {
    const last = emptyCodes();
    for (const element of elements.toReversed()) {
      if (element.type === "Assertion" || element.type === "Backreference") return allCodes();
      addCodes(last, this.#lastOf(element));
      if (this.#lengthOf(element).min > 0) return last;
    }
    return allCodes();
  }

  #lastOf(element: Exclude<PatternElement, AssertionNode | BackreferenceNode>): CodeSet {
    switch (element.type) {
      case "Group":
      case "CapturingGroup":
        return this.#lastOfAny(element.alternatives);
      case "Quantifier":
        return this.#lastOfAll([element.element]);
      default:
        return codesOf(element, this.flags);
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

function takesEverything(element: CharacterNode): boolean {
  return element.raw === "[\\s\\S]" || element.raw === "[^]";
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
