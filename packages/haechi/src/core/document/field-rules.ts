import {
  HAS_ESCAPE,
  type JsonDocument,
  KEY_LEAF,
  type LeafTable,
  NUMBER_LEAF,
  OBJECT_CONTAINER,
  STRING_LEAF,
} from "./json-document.ts";
import { leafText } from "./leaf.ts";
import { foldedName, mayBeTakenFor } from "./member.ts";

/**
 * Says of leaves what stands in them, by where they stand. `path` is member names from the root;
 * `*` is any array element, `**` any number of members and elements, none among them.
 */
export interface PlaceRule<Content extends string> {
  readonly path: readonly string[];
  readonly holds: Content;
}

/** Rules that were compiled once and tell any number of documents. */
export interface PlaceRules<Content extends string> {
  /** The string values about which a rule says something, in document order; the first rule for a leaf holds. */
  placesIn(document: JsonDocument): readonly PlaceOf<Content>[];
  /** The first number about which a rule says something; -1 when there is none. */
  firstNumberIn(document: JsonDocument): number;
  /** The keys of the members about which a rule says something, whatever stands under them; in document order. */
  keysIn(document: JsonDocument): readonly number[];
}

export interface PlaceOf<Content extends string> {
  readonly leaf: number;
  readonly holds: Content;
}

/** Which keys are taken for the name of a step: those that spell it, or all that some parser could take for it. */
export type KeyReading = "exact" | "lenient";

/**
 * Compiles rules into one automaton over paths, whose states are made as documents ask for them.
 * @param reading `exact` for what a rule lets pass, `lenient` for what it forbids: Go's encoding/json takes a key in any case
 */
export function compilePlaceRules<Content extends string>(
  rules: readonly PlaceRule<Content>[],
  reading: KeyReading = "exact",
): PlaceRules<Content> {
  const states = new StateTable(rules, reading);
  return {
    placesIn(document) {
      const inside = containerStates(document, states);
      if (inside === null) return [];
      const { count, kind, container, slot } = document.leaves;
      const places: PlaceOf<Content>[] = [];
      for (let leaf = 0; leaf < count; leaf++) {
        if (kind[leaf] !== STRING_LEAF) continue;
        const rule = stateAt(document, inside, states.root, container[leaf]!, slot[leaf]!).rule;
        if (rule !== -1) places.push({ leaf, holds: rules[rule]!.holds });
      }
      return places;
    },
    firstNumberIn(document) {
      const { count, kind, container, slot } = document.leaves;
      let leaf = kind.indexOf(NUMBER_LEAF);
      if (leaf === -1) return -1;
      const inside = containerStates(document, states);
      if (inside === null) return -1;
      for (; leaf < count; leaf++) {
        if (kind[leaf] !== NUMBER_LEAF) continue;
        if (stateAt(document, inside, states.root, container[leaf]!, slot[leaf]!).rule !== -1) return leaf;
      }
      return -1;
    },
    keysIn(document) {
      const inside = containerStates(document, states);
      if (inside === null) return [];
      const { count, kind, container } = document.leaves;
      const keys: number[] = [];
      for (let leaf = 0; leaf < count; leaf++) {
        if (kind[leaf] !== KEY_LEAF) continue;
        if (stateAt(document, inside, states.root, container[leaf]!, leaf).rule !== -1) keys.push(leaf);
      }
      return keys;
    },
  };
}

/** Compiles lists of paths of which all hold the same; a list is compiled once. */
export function pathCompiler<Content extends string>(
  holds: Content,
  reading: KeyReading = "exact",
): (paths: readonly PlaceRule<Content>["path"][]) => PlaceRules<Content> {
  const compiledBefore = new WeakMap<readonly PlaceRule<Content>["path"][], PlaceRules<Content>>();
  return (paths) => {
    const known = compiledBefore.get(paths);
    if (known !== undefined) return known;
    const compiled = compilePlaceRules(
      paths.map((path) => ({ path, holds })),
      reading,
    );
    compiledBefore.set(paths, compiled);
    return compiled;
  };
}

/** The state of each container; a parent stands before what it holds. Null when rules say nothing of the document. */
function containerStates<Content extends string>(
  document: JsonDocument,
  { root, saysNothing }: StateTable<Content>,
): readonly State[] | null {
  if (document.format !== "json" || saysNothing) return null;
  const { count, parent, slot } = document.containers;
  const inside = new Array<State>(count);
  for (let row = 0; row < count; row++) inside[row] = stateAt(document, inside, root, parent[row]!, slot[row]!);
  return inside;
}

/** The state at a place in a container; -1 is none, at the top level. */
function stateAt(
  document: JsonDocument,
  inside: readonly State[],
  root: State,
  container: number,
  slot: number,
): State {
  if (container === -1) return root;
  const around = inside[container]!;
  return around.isDead ? around : around.at(document, container, slot);
}

/** How far in which rules a place is: pairs of a rule and the steps of its path that are behind it. */
interface Progress {
  readonly rule: number;
  readonly done: number;
}

class StateTable<Content extends string> {
  readonly root: State;
  readonly saysNothing: boolean;
  readonly reading: KeyReading;
  readonly #rules: readonly PlaceRule<Content>[];
  readonly #byKey = new Map<string, State>();

  constructor(rules: readonly PlaceRule<Content>[], reading: KeyReading) {
    this.#rules = rules;
    this.reading = reading;
    this.saysNothing = rules.length === 0;
    this.root = this.stateOf(rules.map((_, rule) => ({ rule, done: 0 })));
  }

  stateOf(progress: readonly Progress[]): State {
    const all = new Map<string, Progress>();
    for (const one of progress) this.#addWithSkipped(one, all);
    const sorted = [...all.values()].toSorted((a, b) => a.rule - b.rule || a.done - b.done);
    const id = sorted.map(({ rule, done }) => `${rule}.${done}`).join(" ");
    const known = this.#byKey.get(id);
    if (known !== undefined) return known;
    const state = new State(this as StateTable<string>, sorted);
    this.#byKey.set(id, state);
    return state;
  }

  pathOf(rule: number): readonly string[] {
    return this.#rules[rule]!.path;
  }

  /** `**` may stand for nothing, so what follows it is open too. */
  #addWithSkipped(progress: Progress, all: Map<string, Progress>): void {
    all.set(`${progress.rule}.${progress.done}`, progress);
    if (this.pathOf(progress.rule)[progress.done] !== ANYTHING) return;
    this.#addWithSkipped({ rule: progress.rule, done: progress.done + 1 }, all);
  }
}

const ANYTHING = "**";
const ELEMENT = "*";

/** A place as far as the rules tell places apart. */
class State {
  /** The first rule that ends here; -1 for none. */
  readonly rule: number;
  /** No rule ends here or goes on from here: so it is with all that stands within. */
  readonly isDead: boolean;
  readonly #table: StateTable<string>;
  readonly #progress: readonly Progress[];
  /** The names that some rule waits for here, and the same by their length in bytes. */
  readonly #steps: NamedStep[] = [];
  readonly #names: NamedStep[][] = [];
  #element: State | null = null;
  #otherMember: State | null = null;

  constructor(table: StateTable<string>, progress: readonly Progress[]) {
    this.#table = table;
    this.#progress = progress;
    this.rule = progress.find(({ rule, done }) => table.pathOf(rule).length === done)?.rule ?? -1;
    this.isDead = progress.length === 0;
    const awaited = progress.map(({ rule, done }) => table.pathOf(rule)[done]);
    for (const name of new Set(awaited)) {
      if (name === undefined || name === ANYTHING || name === ELEMENT) continue;
      const bytes = utf8.encode(name);
      while (this.#names.length <= bytes.length) this.#names.push([]);
      const step: NamedStep = { name, bytes, folded: foldedName(name), state: null };
      this.#steps.push(step);
      this.#names[bytes.length]!.push(step);
    }
  }

  /** The state at a place of a container that is in this one. */
  at(document: JsonDocument, container: number, slot: number): State {
    if (document.containers.kind[container] === OBJECT_CONTAINER) return this.#member(document, slot);
    this.#element ??= this.#after((step) => step === ELEMENT);
    return this.#element;
  }

  /** The state under a key, which is a leaf. */
  #member(document: JsonDocument, key: number): State {
    const step = this.#namedStep(document, key);
    if (step === null) {
      this.#otherMember ??= this.#after(() => false);
      return this.#otherMember;
    }
    step.state ??= this.#after((awaited) => awaited === step.name);
    return step.state;
  }

  #after(goesOn: (step: string) => boolean): State {
    const next: Progress[] = [];
    for (const { rule, done } of this.#progress) {
      const step = this.#table.pathOf(rule)[done];
      if (step === ANYTHING) next.push({ rule, done });
      else if (step !== undefined && goesOn(step)) next.push({ rule, done: done + 1 });
    }
    return this.#table.stateOf(next);
  }

  #namedStep(document: JsonDocument, key: number): NamedStep | null {
    const { bytes, leaves } = document;
    if (this.#table.reading === "lenient") {
      return this.#steps.find(({ folded }) => mayBeTakenFor(folded, document, key)) ?? null;
    }
    if ((leaves.flags[key]! & HAS_ESCAPE) !== 0) return this.#stepNamed(leafText(document, key));
    const start = leaves.start[key]!;
    const length = leaves.end[key]! - start;
    if (length >= this.#names.length) return null;
    const sameLength = this.#names[length]!;
    for (let index = 0; index < sameLength.length; index++) {
      const step = sameLength[index]!;
      if (standsAt(step.bytes, bytes, start)) return step;
    }
    return null;
  }

  #stepNamed(name: string): NamedStep | null {
    return this.#steps.find((step) => step.name === name) ?? null;
  }
}

interface NamedStep {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly folded: string;
  state: State | null;
}

const utf8 = new TextEncoder();

function standsAt(name: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < name.length; index++) if (bytes[start + index] !== name[index]) return false;
  return true;
}

/**
 * The document as it is without some of its string values: they are there, and empty. Every leaf keeps its number
 * and its place, so that what is found in the one is found in the other.
 */
export function withoutLeaves(document: JsonDocument, left: readonly number[]): JsonDocument {
  if (left.length === 0) return document;
  const { leaves } = document;
  const end = leaves.end.slice();
  for (const leaf of left) {
    if (leaves.kind[leaf] === NUMBER_LEAF) throw new RangeError("a number cannot be empty");
    end[leaf] = leaves.start[leaf]!;
  }
  const emptied: LeafTable = { ...leaves, end };
  return { ...document, leaves: emptied };
}
