import {
  addCodes,
  allCodes,
  BEYOND_ASCII,
  type CodeSet,
  codesOf,
  dropAscii,
  EDGE,
  emptyCodes,
  hasCode,
  keepCodes,
  meet,
} from "../detect/patterns/code-set.ts";
import { branchesOf, type PatternBranch } from "../detect/patterns/pattern-branches.ts";
import { type Rest, repetition, sequence } from "../detect/patterns/pattern-rest.ts";
import {
  type Alternative,
  type AssertionNode,
  type CharacterNode,
  isCharacterNode,
  type PatternElement,
} from "../detect/patterns/pattern-tree.ts";
import type { Rule } from "../detect/rules/rule.ts";

/**
 * Reads a text through the pattern of a rule, character by character, to say whether
 * it may be the beginning of a match. It takes look-behinds within a pattern for true,
 * look-aheads too but for their first character, and a long repetition for one without
 * end, so it may say so too often. States are made when a text first needs them.
 */
export class PatternReader {
  /** True when a character is a code point, not a unit. */
  readonly readsCodePoints: boolean;
  readonly #branches: readonly PatternBranch[];
  readonly #flags: string;
  readonly #endRest: Rest<Place> = { kind: "end", entries: [END] };
  #places = 1;
  /** How many places there were when the states were last forgotten. */
  #forgotten = 0;
  readonly #startBehind: (ReadState | undefined)[] = [];
  readonly #states = new Map<string, ReadState>();

  constructor({ tree, flags }: Pick<Rule, "tree" | "flags">) {
    this.#branches = branchesOf(tree, flags);
    this.#flags = flags;
    this.readsCodePoints = /[uv]/.test(flags);
  }

  /** The state before a match that stands behind the unit, or at the edge of the text. */
  stateBehind(unit: number | null): ReadState {
    const before = unit === null ? EDGE : Math.min(unit, BEYOND_ASCII);
    this.#startBehind[before] ??= this.#stateOf(
      this.#branches
        .filter((branch) => hasCode(branch.before, before))
        .flatMap(({ elements }) => this.#entries(sequence(elements, 0, this.#endRest))),
    );
    return this.#startBehind[before];
  }

  /** The state behind the character. */
  after(state: ReadState, character: number): ReadState {
    const known = character < BEYOND_ASCII ? state.next[character] : state.nextBeyond.get(character);
    if (known !== undefined) return known;
    const reached: Place[] = [];
    for (const place of state.places) if (takes(place, character)) reached.push(...this.#entries(place.next));
    const next = this.#stateOf(reached);
    if (character < BEYOND_ASCII) state.next[character] = next;
    else if (state.nextBeyond.size < BEYOND_MAX) state.nextBeyond.set(character, next);
    return next;
  }

  #stateOf(reached: readonly Place[]): ReadState {
    const places = [...new Set(reached)].sort((a, b) => a.id - b.id);
    const key = places.map(({ id }) => id.toString(36)).join(" ");
    let state = this.#states.get(key);
    if (state === undefined) {
      const isEnd = places[0] === END;
      state = { places: isEnd ? places.slice(1) : places, isEnd, next: [], nextBeyond: new Map() };
      if (this.#states.size >= STATES_MAX || this.#places - this.#forgotten > PLACES_MAX) this.#forget();
      this.#states.set(key, state);
    }
    return state;
  }

  /** No text may make states without end. */
  #forget(): void {
    this.#states.clear();
    this.#startBehind.length = 0;
    this.#forgotten = this.#places;
  }

  #entries(rest: Rest<Place>): readonly Place[] {
    if (rest.entries === null) {
      // What is repeated and may be nothing leads back to itself.
      rest.entries = [];
      rest.entries = this.#entriesNotKept(rest);
    }
    return rest.entries;
  }

  #entriesNotKept(rest: Rest<Place>): readonly Place[] {
    switch (rest.kind) {
      case "end":
        return [END];
      case "sequence": {
        const { elements, index, next } = rest;
        const element = elements[index];
        if (element === undefined) return this.#entries(next);
        return this.#one(element, index + 1 === elements.length ? next : sequence(elements, index + 1, next));
      }
      case "repetition": {
        const { quantifier, times, next } = rest;
        const { element, min, max } = quantifier;
        if (times === max) return this.#entries(next);
        const hasNoEnd = times >= min && max - times > COUNTED_MAX;
        const more = this.#one(element, hasNoEnd ? rest : repetition(quantifier, times + 1, next));
        return times < min ? more : [...more, ...this.#entries(next)];
      }
    }
  }

  #any(alternatives: readonly Alternative[], next: Rest<Place>): readonly Place[] {
    return alternatives.flatMap(({ elements }) => this.#entries(sequence(elements, 0, next)));
  }

  #one(element: PatternElement, next: Rest<Place>): readonly Place[] {
    switch (element.type) {
      case "Group":
        return this.#any(
          REMOVES_IGNORE_CASE.test(element.modifiers?.raw ?? "")
            ? inTheirCase(element.alternatives)
            : element.alternatives,
          next,
        );
      case "CapturingGroup":
        return this.#any(element.alternatives, next);
      case "Quantifier":
        return this.#entries(repetition(element, 0, next));
      case "Assertion":
        return this.#within(this.#codesAhead(element), this.#entries(next));
      case "Backreference":
        return this.#entries(next);
      default:
        return [this.#place(element, next)];
    }
  }

  /** What may come next where the assertion holds; null when that may be anything. */
  #codesAhead(assertion: AssertionNode & MayKeepCase): CodeSet | null {
    if (assertion.kind !== "lookahead") return null;
    const flags = assertion.keepsCase === true ? this.#flags.replace("i", "") : this.#flags;
    const codes = assertion.negate ? allCodes() : emptyCodes();
    for (const { elements } of assertion.alternatives) {
      const first = elements[0];
      const isCharacter = first !== undefined && isCharacterNode(first);
      if (!assertion.negate) {
        if (!isCharacter) return null;
        addCodes(codes, codesOf(first, flags));
      } else if (isCharacter && elements.length === 1) {
        // Beyond ASCII the set says "some", and only "all" would forbid.
        dropAscii(codes, codesOf(first, flags));
      }
    }
    return codes;
  }

  #within(codes: CodeSet | null, places: readonly Place[]): readonly Place[] {
    if (codes === null) return places;
    return places.flatMap((place) => {
      if (place === END) return [END];
      const kept = place.codes.slice();
      keepCodes(kept, codes);
      return meet(place.codes, codes) ? [{ ...place, id: this.#places++, codes: kept }] : [];
    });
  }

  #place(node: CharacterNode, next: Rest<Place>): Place {
    const codes = codesOf(node, this.#flags);
    const single = hasCode(codes, BEYOND_ASCII) ? singleOf(node, this.#flags) : null;
    return { id: this.#places++, codes, single, next };
  }
}

/** Where a reader may stand in a pattern: which characters may come next, and whether a match may end here. */
export interface ReadState {
  readonly places: readonly Place[];
  readonly isEnd: boolean;
  /** By character of ASCII, and by some beyond it: the next state. */
  readonly next: (ReadState | undefined)[];
  readonly nextBeyond: Map<number, ReadState>;
}

interface Place {
  readonly id: number;
  /** What comes next, and which of what is beyond ASCII. */
  readonly codes: CodeSet;
  readonly single: RegExp | null;
  readonly next: Rest<Place>;
}

/** Of an assertion: a group around it removes the flag i. */
interface MayKeepCase {
  readonly keepsCase?: boolean;
}

const REMOVES_IGNORE_CASE = /-[ms]*i/;

function inTheirCase(alternatives: readonly Alternative[]): readonly Alternative[] {
  const keepsCase = (element: PatternElement): PatternElement & MayKeepCase =>
    element.type === "Assertion" ? { ...element, keepsCase: true } : element;
  return alternatives.map(({ elements }) => ({ elements: elements.map(keepsCase) }));
}

const STATES_MAX = 1024;
const PLACES_MAX = 16_384;
/** What may be repeated more often than this is taken to have no end. */
const COUNTED_MAX = 40;

const BEYOND_MAX = 256;

function takes({ codes, single }: Place, character: number): boolean {
  if (character < BEYOND_ASCII) return hasCode(codes, character);
  return hasCode(codes, BEYOND_ASCII) && single?.test(String.fromCodePoint(character)) === true;
}

function singleOf(node: CharacterNode, flags: string): RegExp {
  const all = node.ignoreCase === true && !flags.includes("i") ? `${flags}i` : flags;
  const key = `${all}/${node.raw}`;
  let single = singles.get(key);
  if (single === undefined) {
    single = new RegExp(`^(?:${node.raw})$`, all);
    if (singles.size < SINGLES_MAX) singles.set(key, single);
  }
  return single;
}

const SINGLES_MAX = 1024;
const singles = new Map<string, RegExp>();

/** A match may end here. */
const END: Place = { id: 0, codes: emptyCodes(), single: null, next: { kind: "end", entries: [] } };
