import { isDigit } from "../../document/json-source.ts";
import { SPELLED_BY_LETTER } from "../decoded/decoded-text.ts";
import { BEYOND_ASCII, CODE_SET_SIZE, type CodeSet, DIGIT_CODES, EDGE, hasCode, meet } from "../patterns/code-set.ts";
import { branchesOf } from "../patterns/pattern-branches.ts";
import { type PatternEntry, PatternNodes, STEPS } from "../patterns/pattern-nodes.ts";
import type { Rule } from "../rules/rule.ts";

/**
 * Reads bytes once, from front to back, and says where the first characters of some match
 * may have ended, whatever their beginning: one look per character for all rules. All
 * digits are one to it, so ordinary texts bring it into few states; which rule it is, and
 * where it begins, is for the `StartAutomaton` to say. States are made when a text first
 * needs them; of those that were made before, only what reading takes is known, until a text
 * leaves them by a way that is new.
 */
export class RollingAutomaton {
  readonly #rules: readonly Rule[];
  readonly #nodes = new PatternNodes();
  #entries: readonly PatternEntry[] | null = null;
  /** By code that stands before a place: what begins there. Codes behind which the same begins have the same. */
  readonly #openingBehind: (Opening | undefined)[] = [];
  readonly #openings = new Map<string, Opening>();
  /** By code that stands before a place: the state to begin with. */
  readonly #startBehind: (number | undefined)[] = [];
  /**
   * By state: what has begun before the last character, each a node times `STEPS` and how
   * many characters have been read for it; and what begins behind that character.
   */
  readonly #stateOf = new Map<string, number>();
  readonly #begun: (readonly number[] | undefined)[] = [];
  readonly #opening: (Opening | undefined)[] = [];
  /** By state: 1 when nothing has begun, and 1 when a match may be whole if the text ends there. */
  readonly #isFresh: number[] = [];
  readonly #mayEnd: number[] = [];
  /** By state: the one from which it was reached first, -1 when it is one to begin with, and the code that was read or stands before. */
  readonly #from: number[] = [];
  readonly #by: number[] = [];
  /** At `state * CODE_SET_SIZE + code`: the next state, times `CODE_SET_SIZE`, with `HIT` when the first characters of a match end there. */
  #next = new Int32Array(STATES_AT_FIRST * CODE_SET_SIZE).fill(NOT_MADE);
  /** Times `CODE_SET_SIZE`. */
  #state = 0;
  /** Where the next character stands. */
  at = 0;

  /** @param prepared states of an automaton of the same rules */
  constructor(rules: readonly Rule[], prepared?: RollingArrays) {
    this.#rules = rules;
    if (prepared === undefined) return;
    this.#isFresh.push(...prepared.isFresh);
    this.#mayEnd.push(...prepared.mayEnd);
    this.#from.push(...prepared.from);
    this.#by.push(...prepared.by);
    this.#begun.length = this.#opening.length = prepared.from.length;
    for (const [before, state] of prepared.startBehind.entries()) {
      if (state !== NOT_MADE) this.#startBehind[before] = state;
    }
    this.#next = prepared.next.slice();
  }

  /** The states that have been made, to begin with in another automaton of the same rules. */
  get arrays(): RollingArrays {
    return {
      next: this.#next.slice(0, this.#from.length * CODE_SET_SIZE),
      startBehind: Int32Array.from({ length: CODE_SET_SIZE }, (_, before) => this.#startBehind[before] ?? NOT_MADE),
      isFresh: Uint8Array.from(this.#isFresh),
      mayEnd: Uint8Array.from(this.#mayEnd),
      from: Int32Array.from(this.#from),
      by: Int32Array.from(this.#by),
    };
  }

  /** Begins anew behind a character, `EDGE` when there is none before. */
  begin(at: number, before: number): void {
    this.at = at;
    this.#startBehind[before] ??= this.#stateWith(NOTHING, before, NO_STATE);
    this.#state = this.#startBehind[before];
  }

  /** True when nothing that has been read can belong to a match. */
  get isFresh(): boolean {
    return this.#isFresh[this.#state / CODE_SET_SIZE] === 1;
  }

  /** True when a match may be whole if the text ends where reading has stopped. */
  get mayEnd(): boolean {
    return this.#mayEnd[this.#state / CODE_SET_SIZE] === 1;
  }

  /**
   * Reads on up to the place, no further than where the first characters of a match may
   * have ended; true when they have. The bytes are UTF-8; in `escaped` ones a backslash
   * and a letter are one character.
   */
  readTo(bytes: Uint8Array, to: number, escaped: boolean): boolean {
    for (;;) {
      this.#readKnown(bytes, to, escaped);
      if (this.at >= to) return false;
      if (this.#readOne(bytes, escaped)) return true;
    }
  }

  /**
   * Reads on up to the place, as long as the next state is made and no first characters of a match end. Nearly all
   * that is read is read here: calls in this loop, or tables that change in it, would make it half as fast.
   */
  #readKnown(bytes: Uint8Array, to: number, escaped: boolean): void {
    const table = this.#next;
    let state = this.#state;
    let at = this.at;
    while (at < to) {
      const byte = bytes[at]!;
      let past = at + 1;
      let next: number;
      if (byte >= BEYOND) {
        if (byte >= FOUR_BYTES) break;
        past += byte < THREE_BYTES ? 1 : 2;
        next = table[state + BEYOND]!;
      } else if (byte === BACKSLASH && escaped) {
        next = table[state + SPELLED[bytes[past++]!]!]!;
      } else {
        next = table[state + byte]!;
      }
      if (next < 0) break;
      state = next;
      at = past;
    }
    this.#state = state;
    this.at = at;
  }

  /** Reads one character; true when the first characters of a match may have ended with it. */
  #readOne(bytes: Uint8Array, escaped: boolean): boolean {
    let code = bytes[this.at++]!;
    if (code >= FOUR_BYTES) {
      // Two units or one character, which is for each rule to say.
      this.begin(this.at + 3, BEYOND_ASCII);
      return true;
    }
    if (code >= BEYOND_ASCII) {
      this.at += code < THREE_BYTES ? 1 : 2;
      code = BEYOND_ASCII;
    } else if (code === BACKSLASH && escaped) {
      code = SPELLED_BY_LETTER[bytes[this.at++]!]!;
    }
    const known = this.#next[this.#state + code]!;
    const next = known === NOT_MADE ? this.#makeNext(this.#state, code) : known;
    this.#state = next & ~HIT;
    return next < 0;
  }

  #openingAt(before: number): Opening {
    this.#openingBehind[before] ??= this.#makeOpening(before);
    return this.#openingBehind[before];
  }

  #makeOpening(before: number): Opening {
    this.#entries ??= this.#rules.flatMap(({ tree, flags }) => this.#nodes.add(branchesOf(tree, flags), flags));
    const may = this.#entries.filter((entry) => takes(entry.before, before));
    const begun = [...new Set(may.flatMap((entry) => entry.nodes))].map((node) => node * STEPS);
    const key = begun.join();
    const opening = this.#openings.get(key) ?? { number: this.#openings.size, begun, reached: [] };
    this.#openings.set(key, opening);
    return opening;
  }

  #makeNext(from: number, code: number): number {
    const read = isDigit(code) ? DIGITS[0]! : code;
    const state = from / CODE_SET_SIZE;
    const reached = this.#reachedWith(state, read);
    const open = openOf(reached);
    const hit = open.length < reached.length ? HIT : 0;
    // No text may grow the table without end; beyond it, rules are tried more often.
    const next =
      this.#begun.length < STATES_MAX
        ? this.#stateWith(open, read, state) | hit
        : this.#stateWith(NOTHING, read, NO_STATE) | HIT;
    for (const same of isDigit(code) ? DIGITS : [code]) this.#next[from + same] = next;
    return next;
  }

  #reachedWith(state: number, read: number): readonly number[] {
    if (this.#begun[state] === undefined) this.#recall(state);
    const opening = this.#opening[state]!;
    opening.reached[read] ??= this.#reachedFrom(opening.begun, read);
    return union(opening.reached[read], this.#reachedFrom(this.#begun[state]!, read));
  }

  /** Finds out what a state stands for that was made before, by the way that leads to it. */
  #recall(state: number): void {
    const from = this.#from[state]!;
    const by = this.#by[state]!;
    const begun = from === NO_STATE ? NOTHING : openOf(this.#reachedWith(from, by));
    this.#begun[state] = begun;
    this.#opening[state] = this.#openingAt(by);
    const key = keyOf(begun, this.#opening[state]);
    if (!this.#stateOf.has(key)) this.#stateOf.set(key, state * CODE_SET_SIZE);
  }

  /** What is reached with a character; `READ_ENOUGH` is among it when the first characters of a match are read then. */
  #reachedFrom(begun: readonly number[], read: number): readonly number[] {
    const nodes = this.#nodes;
    const reached = new Set<number>();
    for (const one of begun) {
      const node = Math.floor(one / STEPS);
      if (!takes(nodes.codes[node]!, read)) continue;
      const readSoFar = (one % STEPS) + 1;
      for (const next of nodes.after(node)) {
        reached.add(nodes.isEnd(next) || readSoFar === STEPS ? READ_ENOUGH : next * STEPS + readSoFar);
      }
    }
    return reached.size === 0 ? NOTHING : [...reached];
  }

  /** The state of those who have read so far, and of those who begin behind the character. */
  #stateWith(begun: readonly number[], before: number, from: number): number {
    const opening = this.#openingAt(before);
    const key = keyOf(begun, opening);
    const known = this.#stateOf.get(key);
    if (known !== undefined) return known;
    const state = this.#begun.length;
    this.#stateOf.set(key, state * CODE_SET_SIZE);
    this.#begun.push(begun);
    this.#opening.push(opening);
    this.#from.push(from);
    this.#by.push(before);
    this.#isFresh.push(begun.length === 0 ? 1 : 0);
    this.#mayEnd.push(begun.some((one) => hasCode(this.#nodes.codes[Math.floor(one / STEPS)]!, EDGE)) ? 1 : 0);
    if ((state + 1) * CODE_SET_SIZE > this.#next.length) {
      const longer = new Int32Array(this.#next.length * 2).fill(NOT_MADE);
      longer.set(this.#next);
      this.#next = longer;
    }
    return state * CODE_SET_SIZE;
  }
}

/** States of an automaton as plain numbers: what reading takes, and how to find out the rest. */
export interface RollingArrays {
  /** At `state * CODE_SET_SIZE + code`: see the automaton. */
  readonly next: Int32Array;
  /** By code that stands before a place: the state to begin with, times `CODE_SET_SIZE`; -1 when it has not been made. */
  readonly startBehind: Int32Array;
  readonly isFresh: Uint8Array;
  readonly mayEnd: Uint8Array;
  readonly from: Int32Array;
  readonly by: Int32Array;
}

/** What begins behind certain codes. */
interface Opening {
  readonly number: number;
  readonly begun: readonly number[];
  /** By code: what is reached with it, once somebody has asked. */
  readonly reached: (readonly number[] | undefined)[];
}

const NOTHING: readonly number[] = [];
const NO_STATE = -1;

function openOf(reached: readonly number[]): readonly number[] {
  return reached.filter((one) => one !== READ_ENOUGH);
}

function keyOf(begun: readonly number[], opening: Opening): string {
  return `${opening.number}:${begun.toSorted((a, b) => a - b).join()}`;
}

const BACKSLASH = 0x5c;
/** The first byte of a character of three bytes, and of one beyond U+FFFF, is at least this. */
const THREE_BYTES = 0xe0;
const FOUR_BYTES = 0xf0;

// The engine knows what the constants of a module are, and looks up those that it imports each time.
const BEYOND = BEYOND_ASCII;
const SPELLED = SPELLED_BY_LETTER;

const DIGITS = Array.from("0123456789", (digit) => digit.charCodeAt(0));

/** True when the set holds the code or, of a digit, any digit. */
function takes(codes: CodeSet, code: number): boolean {
  return isDigit(code) ? meet(codes, DIGIT_CODES) : hasCode(codes, code);
}

function union(one: readonly number[], other: readonly number[]): readonly number[] {
  if (other.length === 0) return one;
  return one.length === 0 ? other : [...new Set([...one, ...other])];
}

const READ_ENOUGH = -1;

/** The sign bit. */
const HIT = 1 << 31;
const NOT_MADE = -1;
const STATES_AT_FIRST = 64;
const STATES_MAX = 1 << 13;
