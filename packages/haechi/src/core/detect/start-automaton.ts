import type { AST } from "@eslint-community/regexpp";
import { allCodes, BEYOND_ASCII, CODE_SET_SIZE, type CodeSet, codesOf, EDGE } from "./code-set.ts";
import { SPELLED_BY_LETTER } from "./decoded-text.ts";
import { isCharacterNode } from "./pattern-shape.ts";
import type { Rule } from "./rule.ts";

/**
 * Reads the first characters at a place and says which of up to 32 rules, one bit
 * each, may match there; of look-arounds it heeds only what may not follow a match.
 * The states are made when a text first needs them.
 */
export class StartAutomaton {
  readonly #rules: readonly Rule[];
  #nodes: PatternNodes | null = null;
  /** By state: the nodes one of which takes the next character. */
  readonly #awaiting: (readonly number[])[] = [NO_NODES];
  /** By state, as bits: the rules that may match whatever follows. */
  readonly #settled = new Int32Array(STATES_MAX);
  /** By state, as bits: the rules that may match if the text ends here. */
  readonly #atEnd = new Int32Array(STATES_MAX);
  /** By state, as bits: those that are settled, and the rules that may match if the right characters follow. */
  readonly #alive = new Int32Array(STATES_MAX);
  readonly #stateOf = new Map<string, number>();
  /** At `state * CODE_SET_SIZE + code`: the next state. */
  #next = new Uint16Array(STATES_AT_FIRST * CODE_SET_SIZE);

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /** Those of the wanted rules that may match the bytes from `at` on. */
  rulesAt(wanted: number, bytes: Uint8Array, at: number, end: number, escaped: boolean): number {
    const alive = this.#alive;
    const settled = this.#settled;
    let state = this.#nodes === null ? this.#start() : START;
    let table = this.#next;
    let place = at;
    for (let step = 0; step < STEPS; step++) {
      if (place >= end) return wanted & this.#atEnd[state]!;
      let code = bytes[place]!;
      if (code >= BEYOND_ASCII) {
        // Two units or one character, which is for each rule to say.
        if (code >= 0xf0) break;
        place += code < 0xe0 ? 2 : 3;
        code = BEYOND_ASCII;
      } else if (code === BACKSLASH && escaped) {
        code = SPELLED_BY_LETTER[bytes[place + 1]!]!;
        place += 2;
      } else {
        place++;
      }
      let next = table[state * CODE_SET_SIZE + code]!;
      if (next === NOT_MADE) {
        next = this.#makeNext(state, code);
        if (next === NO_ROOM) break;
        table = this.#next;
      }
      state = next;
      const rules = wanted & alive[state]!;
      if (rules === (wanted & settled[state]!)) return rules;
    }
    return wanted & alive[state]!;
  }

  #start(): number {
    this.#nodes = new PatternNodes();
    let settled = 0;
    const starts: number[] = [];
    for (const [index, { tree, flags }] of this.#rules.entries()) {
      const entries = this.#nodes.add(tree, flags, 1 << index);
      if (entries === null) settled |= 1 << index;
      else starts.push(...entries);
    }
    return this.#stateFor(starts, settled);
  }

  #makeNext(state: number, code: number): number {
    const { codes, follow, rule } = this.#nodes!;
    let settled = this.#settled[state]!;
    const reached = new Set<number>();
    for (const node of this.#awaiting[state]!) {
      if (codes[node]![code] === 0) continue;
      for (const next of follow[node]!) {
        if (next === MATCHED) settled |= rule[node]!;
        else reached.add(next);
      }
    }
    const next = this.#stateFor([...reached], settled);
    if (next !== NO_ROOM) this.#next[state * CODE_SET_SIZE + code] = next;
    return next;
  }

  #stateFor(nodes: readonly number[], settled: number): number {
    const { rule, codes } = this.#nodes!;
    const awaiting = nodes.filter((node) => (rule[node]! & settled) === 0).sort((a, b) => a - b);
    const key = `${settled} ${awaiting.join()}`;
    const known = this.#stateOf.get(key);
    if (known !== undefined) return known;
    const state = this.#awaiting.length;
    // No text may grow the table without end; beyond it, patterns are tried more often.
    if (state === STATES_MAX) return NO_ROOM;
    this.#stateOf.set(key, state);
    this.#awaiting.push(awaiting);
    this.#settled[state] = settled;
    const mayEnd = awaiting.filter((node) => codes[node]![EDGE] === 1);
    this.#atEnd[state] = mayEnd.reduce((rules, node) => rules | rule[node]!, settled);
    this.#alive[state] = awaiting.reduce((rules, node) => rules | rule[node]!, settled);
    if ((state + 1) * CODE_SET_SIZE > this.#next.length) {
      const grown = new Uint16Array(this.#next.length * 2);
      grown.set(this.#next);
      this.#next = grown;
    }
    return state;
  }
}

const BACKSLASH = 0x5c;

/** How many characters are read at most: enough to turn away nearly all that cannot be a match. */
const STEPS = 20;

// State 0 is none.
const NOT_MADE = 0;
const START = 1;
const STATES_AT_FIRST = 64;
const STATES_MAX = 2048;
const NO_ROOM = 0xffff;

const NO_NODES: readonly number[] = [];
/** In place of a node: the pattern has come to its end. */
const MATCHED = -1;
/** A pattern of more nodes is not read ahead: its rule may match anywhere. */
const PATTERN_NODES_MAX = 8192;

/** The characters of patterns as nodes, repetitions written out, each with the nodes that may come next. */
class PatternNodes {
  readonly codes: CodeSet[] = [];
  readonly follow: (readonly number[])[] = [];
  /** By node: the bit of its rule. */
  readonly rule: number[] = [];
  #flags = "";
  #bit = 0;
  #nodesMax = 0;

  /** The nodes with which a match begins; null when the pattern has too many nodes. */
  add({ alternatives }: AST.Pattern, flags: string, bit: number): readonly number[] | null {
    this.#flags = flags;
    this.#bit = bit;
    this.#nodesMax = this.codes.length + PATTERN_NODES_MAX;
    const entries = this.#any(alternatives, [MATCHED]);
    return this.codes.length < this.#nodesMax ? entries : null;
  }

  #any(alternatives: readonly AST.Alternative[], next: readonly number[]): readonly number[] {
    if (alternatives.length === 1) return this.#all(alternatives[0]!.elements, next);
    return [...new Set(alternatives.flatMap(({ elements }) => this.#all(elements, next)))];
  }

  #all(elements: readonly AST.Element[], next: readonly number[]): readonly number[] {
    return elements.reduceRight((after, element) => this.#one(element, after), next);
  }

  #one(element: AST.Element, next: readonly number[]): readonly number[] {
    switch (element.type) {
      case "Group":
      case "CapturingGroup":
        return this.#any(element.alternatives, next);
      case "Quantifier":
        return this.#repeated(element, next);
      case "Assertion": {
        const codes = next.length === 1 && next[0] === MATCHED ? codesThatMayFollow(element, this.#flags) : null;
        return codes === null ? next : this.#node(codes, next);
      }
      case "Backreference":
        return next;
      default:
        return this.#node(codesOf(element, this.#flags), next);
    }
  }

  #node(codes: CodeSet, next: readonly number[]): readonly number[] {
    if (this.codes.length >= this.#nodesMax) return next;
    this.codes.push(codes);
    this.follow.push(next);
    return [this.rule.push(this.#bit) - 1];
  }

  #repeated({ element, min, max }: AST.Quantifier, next: readonly number[]): readonly number[] {
    let entries = next;
    // What is repeated more often than that ends behind the last character read.
    for (let times = Math.min(max, STEPS); times > 0; times--) {
      const more = this.#one(element, entries);
      entries = times > min ? [...new Set([...more, ...next])] : more;
    }
    return entries;
  }
}

/**
 * What a look-ahead at the end of a pattern lets follow, the end of the text too: a
 * node that takes it does as well as one that only looks. Null when it forbids
 * anything but single characters.
 */
function codesThatMayFollow(assertion: AST.Assertion, flags: string): CodeSet | null {
  if (assertion.kind !== "lookahead" || !assertion.negate) return null;
  const codes = allCodes();
  for (const { elements } of assertion.alternatives) {
    const only = elements[0];
    if (elements.length !== 1 || only === undefined || !isCharacterNode(only)) return null;
    const forbidden = codesOf(only, flags);
    // Beyond ASCII the set says "some", and only "all" would forbid.
    for (let code = 0; code < BEYOND_ASCII; code++) if (forbidden[code] === 1) codes[code] = 0;
  }
  return codes;
}
