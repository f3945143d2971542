import { SPELLED_BY_LETTER } from "../decoded/decoded-text.ts";
import { BEYOND_ASCII, CODE_SET_SIZE, EDGE, hasCode } from "../patterns/code-set.ts";
import { branchesOf } from "../patterns/pattern-branches.ts";
import { type PatternEntry, PatternNodes, STEPS } from "../patterns/pattern-nodes.ts";
import type { Rule } from "../rules/rule.ts";

/**
 * Says, in one look at the first characters of a place, which of any number of rules
 * may match there. Of look-arounds it heeds what stands before a match and what may
 * not follow it. Each state knows its rules; states are made when a text first needs them.
 */
export class StartAutomaton {
  /** The rules that may match at the last place that `nextStart` gave. */
  rules: readonly Rule[] = NO_RULES;
  /** Of those at the last index that was given to `rulesAt`, the ones that wait for more text. */
  open: readonly Rule[] = NO_RULES;
  readonly #all: Rule[];
  readonly #nodes = new PatternNodes();
  /** The nodes with which matches of all the rules begin. */
  readonly #entries: PatternEntry[] = [];
  /** By state: the nodes one of which takes the next character, and the ends that are reached. */
  readonly #nodesOf: (readonly number[])[] = [NO_NODES, NO_NODES];
  /** By state, once somebody has asked: the rules that may match there, and those that may if the text ends there. */
  readonly #alive: (readonly Rule[] | undefined)[] = [];
  readonly #atEnd: (readonly Rule[] | undefined)[] = [];
  readonly #open: (readonly Rule[] | undefined)[] = [];
  readonly #stateOf = new Map<string, number>([["", DEAD]]);
  /** The codes before and at the last place that was not passed over. */
  #before = EDGE;
  #code = EDGE;
  /** At `code before * CODE_SET_SIZE + code`: 1 when a place between the two is known to start nothing. */
  readonly #isDead = new Uint8Array(CODE_SET_SIZE * CODE_SET_SIZE);
  /** By code that stands before a place: the state to begin with. */
  readonly #startBehind = new Uint16Array(CODE_SET_SIZE);
  /** At `state * CODE_SET_SIZE + code`: the next state, with `SETTLED` when what follows makes no difference to its rules. */
  #next = new Uint16Array(STATES_AT_FIRST * CODE_SET_SIZE);
  /** By node and by rule: the number of the last state for which it has been noted. */
  #nodeNoted = new Int32Array(NODES_AT_FIRST);
  #ruleNoted: Int32Array;
  #notes = 0;

  constructor(rules: readonly Rule[]) {
    this.#all = [...rules];
    this.#ruleNoted = new Int32Array(rules.length);
  }

  /** One that knows more rules forgets its states. */
  add(rules: readonly Rule[]): void {
    this.#all.push(...rules);
    this.#ruleNoted = new Int32Array(this.#all.length);
    this.#nodesOf.length = DEAD + 1;
    this.#alive.length = 0;
    this.#atEnd.length = 0;
    this.#open.length = 0;
    this.#stateOf.clear();
    this.#stateOf.set("", DEAD);
    this.#isDead.fill(0);
    this.#startBehind.fill(NOT_MADE);
    this.#next.fill(NOT_MADE);
  }

  /**
   * The first place from `from` to `last` at which some rule may match, and sets `rules`;
   * past `last` when there is none. The bytes are those of a stretch from `start` to `end`;
   * `escaped` ones hold JSON escapes. A byte that is not the first of its character or
   * escape may be said to start a match.
   */
  nextStart(bytes: Uint8Array, from: number, last: number, start: number, end: number, escaped: boolean): number {
    for (let at = from; at <= last; at++) {
      at = escaped ? this.#passEscaped(bytes, at, last, start) : this.#pass(bytes, at, last, start);
      if (at > last) break;
      const state = this.#startBehind[this.#before]! || this.#makeStart(this.#before);
      this.rules = this.#rulesFrom(state, bytes, at, end, escaped);
      if (this.rules !== NO_RULES) return at;
      if (this.#next[state * CODE_SET_SIZE + this.#code] === NOWHERE) {
        this.#isDead[this.#before * CODE_SET_SIZE + this.#code] = 1;
      }
    }
    return last + 1;
  }

  /** The first place at which what stands before it and its first character turn not every rule away. */
  #pass(bytes: Uint8Array, from: number, last: number, start: number): number {
    const isDead = this.#isDead;
    let before = from === start ? EDGE : CODE_OF[bytes[from - 1]!]!;
    for (let at = from; at <= last; at++) {
      const code = CODE_OF[bytes[at]!]!;
      if (isDead[before * CODE_SET_SIZE + code] === 0 || bytes[at]! >= FOUR_BYTES) {
        this.#before = before;
        this.#code = code;
        return at;
      }
      before = code;
    }
    return last + 1;
  }

  /** The same where a backslash and a letter are one character. */
  #passEscaped(bytes: Uint8Array, from: number, last: number, start: number): number {
    let backslashes = backslashesBefore(bytes, from - 1, start);
    for (let at = from; at <= last; at++) {
      let before = at === start ? EDGE : CODE_OF[bytes[at - 1]!]!;
      // Behind an odd number of backslashes stands the letter of an escape.
      if (backslashes % 2 === 1) before = SPELLED_BY_LETTER[before]!;
      backslashes = before === BACKSLASH ? backslashes + 1 : 0;
      const byte = bytes[at]!;
      const code = byte === BACKSLASH ? SPELLED_BY_LETTER[bytes[at + 1]!]! : CODE_OF[byte]!;
      if (this.#isDead[before * CODE_SET_SIZE + code] === 0 || byte >= FOUR_BYTES) {
        this.#before = before;
        this.#code = code;
        return at;
      }
    }
    return last + 1;
  }

  /**
   * The rules that may match at the index of a text that may go on. Sets `open` to those
   * that have read all of the text and need more of it to match.
   */
  rulesAt(text: string, index: number): readonly Rule[] {
    this.open = NO_RULES;
    const before = index === 0 ? EDGE : codeOf(text.charCodeAt(index - 1));
    let state = this.#startBehind[before]!;
    if (state === NOT_MADE) state = this.#makeStart(before);
    let at = index;
    for (; at < index + STEPS && at < text.length; at++) {
      const unit = text.charCodeAt(at);
      // Two units or one character, which is for each rule to say.
      if (unit >= 0xd800 && unit <= 0xdfff) break;
      const code = codeOf(unit);
      let next = this.#next[state * CODE_SET_SIZE + code]!;
      if (next === NOT_MADE) next = this.#makeNext(state, code);
      if (next === NO_ROOM) break;
      state = next & ~SETTLED;
      if (next >= SETTLED) break;
    }
    if (at === text.length) this.open = this.#openIn(state);
    return this.#aliveIn(state);
  }

  #rulesFrom(first: number, bytes: Uint8Array, at: number, end: number, escaped: boolean): readonly Rule[] {
    let table = this.#next;
    let state = first;
    let place = at;
    for (let step = 0; step < STEPS; step++) {
      if (place >= end) return this.#aliveAtEnd(state);
      let code = bytes[place++]!;
      if (code >= BEYOND_ASCII) {
        // Two units or one character, which is for each rule to say.
        if (code >= FOUR_BYTES) break;
        place += code < 0xe0 ? 1 : 2;
        code = BEYOND_ASCII;
      } else if (code === BACKSLASH && escaped) {
        code = SPELLED_BY_LETTER[bytes[place++]!]!;
      }
      let next = table[state * CODE_SET_SIZE + code]!;
      if (next === NOT_MADE) {
        next = this.#makeNext(state, code);
        table = this.#next;
      }
      if (next >= SETTLED) {
        if (next !== NO_ROOM) state = next & ~SETTLED;
        break;
      }
      state = next;
    }
    return this.#alive[state] ?? this.#aliveIn(state);
  }

  #aliveIn(state: number): readonly Rule[] {
    this.#alive[state] ??= this.#rulesOf(this.#nodesOf[state]!);
    return this.#alive[state];
  }

  #openIn(state: number): readonly Rule[] {
    this.#open[state] ??= this.#rulesOf(this.#nodesOf[state]!.filter((node) => !this.#nodes.isEnd(node)));
    return this.#open[state];
  }

  #aliveAtEnd(state: number): readonly Rule[] {
    const nodes = this.#nodes;
    this.#atEnd[state] ??= this.#rulesOf(
      this.#nodesOf[state]!.filter((node) => nodes.isEnd(node) || hasCode(nodes.codes[node]!, EDGE)),
    );
    return this.#atEnd[state];
  }

  #rulesOf(nodes: readonly number[]): readonly Rule[] {
    if (nodes.length === 0) return NO_RULES;
    const numbers = new Set(nodes.map((node) => this.#nodes.pattern[node]!));
    return Array.from(numbers, (number) => this.#all[number]!);
  }

  #makeStart(before: number): number {
    while (this.#nodes.patterns < this.#all.length) {
      const { tree, flags } = this.#all[this.#nodes.patterns]!;
      this.#entries.push(...this.#nodes.add(branchesOf(tree, flags), flags));
    }
    const reached: number[] = [];
    for (const entry of this.#entries) if (hasCode(entry.before, before)) reached.push(...entry.nodes);
    // Starts there must be, and there are few.
    const state = this.#stateWith(reached, STATES_MAX + CODE_SET_SIZE) & ~SETTLED;
    this.#startBehind[before] = state;
    return state;
  }

  #makeNext(state: number, code: number): number {
    const { codes } = this.#nodes;
    const nodes = this.#nodes;
    const note = ++this.#notes;
    const reached: number[] = [];
    for (const node of this.#nodesOf[state]!) {
      if (nodes.isEnd(node)) reached.push(node);
      else if (hasCode(codes[node]!, code)) {
        for (const next of nodes.after(node)) {
          if (this.#isNoted(next, note)) continue;
          reached.push(next);
        }
      }
    }
    const next = this.#stateWith(reached, STATES_MAX);
    this.#next[state * CODE_SET_SIZE + code] = next;
    return next;
  }

  /** Notes the node; true when it had the note already. */
  #isNoted(node: number, note: number): boolean {
    if (node >= this.#nodeNoted.length) {
      const longer = new Int32Array(node * 2);
      longer.set(this.#nodeNoted);
      this.#nodeNoted = longer;
    }
    if (this.#nodeNoted[node] === note) return true;
    this.#nodeNoted[node] = note;
    return false;
  }

  /** The state with the nodes, `SETTLED` when it is; `NO_ROOM` when it would be one too many. */
  #stateWith(reached: readonly number[], statesMax: number): number {
    const nodes = this.#nodes;
    const note = ++this.#notes;
    const ends = reached.filter((node) => nodes.isEnd(node));
    // A rule that may match already is not followed any further.
    for (const end of ends) this.#ruleNoted[nodes.pattern[end]!] = note;
    const others = ends.length === reached.length ? [] : reached.filter((node) => !nodes.isEnd(node));
    const open = ends.length === 0 ? others : others.filter((node) => this.#ruleNoted[nodes.pattern[node]!] !== note);
    const kept = Int32Array.from([...ends, ...open]).sort();
    const settled = open.length === 0 ? SETTLED : 0;
    const key = keyOf(kept);
    const known = this.#stateOf.get(key);
    if (known !== undefined) return known | settled;
    const state = this.#nodesOf.length;
    // No text may grow the table without end; beyond it, patterns are tried more often.
    if (state >= statesMax) return NO_ROOM;
    this.#stateOf.set(key, state);
    this.#nodesOf.push([...kept]);
    if ((state + 1) * CODE_SET_SIZE > this.#next.length) {
      const longer = new Uint16Array(this.#next.length * 2);
      longer.set(this.#next);
      this.#next = longer;
    }
    return state | settled;
  }
}

const BACKSLASH = 0x5c;

// State 0 is none.
const NOT_MADE = 0;
/** No rule can match any more. */
const DEAD = 1;
const SETTLED = 0x8000;
const NOWHERE = DEAD | SETTLED;
const STATES_AT_FIRST = 16;
const STATES_MAX = 1 << 14;
const NO_ROOM = 0xffff;

const NODES_AT_FIRST = 256;

/** The first byte of a character beyond U+FFFF is at least this. */
const FOUR_BYTES = 0xf0;
const CODE_OF = Uint8Array.from({ length: 256 }, (_, byte) => codeOf(byte));

const NO_NODES: readonly number[] = [];
const NO_RULES: readonly Rule[] = [];

/** The nodes in as few units as tell them apart. */
function keyOf(nodes: Int32Array): string {
  let key = "";
  for (const node of nodes)
    key += node < 0x8000 ? String.fromCharCode(node) : `${String.fromCodePoint(0x10000 + node)}`;
  return key;
}

function codeOf(byteOrUnit: number): number {
  return Math.min(byteOrUnit, BEYOND_ASCII);
}

function backslashesBefore(bytes: Uint8Array, at: number, start: number): number {
  let first = at;
  while (first > start && bytes[first - 1] === BACKSLASH) first--;
  return Math.max(0, at - first);
}
