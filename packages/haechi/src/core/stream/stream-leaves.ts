import { type JsonDocument, KEY_LEAF, NUMBER_LEAF, OBJECT_CONTAINER, STRING_LEAF } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";

/** Member names from the root of a frame; `*` is any array element. */
export type LeafPattern = readonly string[];

/** A string leaf of a frame that continues a growing text. */
export interface StreamLeaf {
  readonly leaf: number;
  /** Index of the pattern it stands at. */
  readonly pattern: number;
  /** Which text it continues: pattern and element indexes. */
  readonly channel: string;
  /** Which texts end together: the first element index, such as the choice. */
  readonly group: string;
}

/** The string leaves of a frame that stand at one of the patterns, in document order. */
export function findStreamLeaves(frame: JsonDocument, patterns: readonly LeafPattern[]): StreamLeaf[] {
  const found: StreamLeaf[] = [];
  for (let leaf = 0; leaf < frame.leaves.count; leaf += 1) {
    if (frame.leaves.kind[leaf] !== STRING_LEAF) continue;
    for (let pattern = 0; pattern < patterns.length; pattern += 1) {
      const indexes = matchPattern(frame, leaf, patterns[pattern]!);
      if (indexes === null) continue;
      found.push({ leaf, pattern, channel: `${pattern}:${indexes.join(":")}`, group: indexes[0] ?? "" });
      break;
    }
  }
  return found;
}

/** The identities of the array elements on the way to the leaf, outermost first; null when it is elsewhere. */
function matchPattern(frame: JsonDocument, leaf: number, pattern: LeafPattern): string[] | null {
  const { containers } = frame;
  const indexes: string[] = [];
  let container = frame.leaves.container[leaf]!;
  let slot = frame.leaves.slot[leaf]!;
  for (let step = pattern.length - 1; step >= 0; step -= 1) {
    if (container < 0) return null;
    const inObject = containers.kind[container] === OBJECT_CONTAINER;
    const name = pattern[step]!;
    if (name === "*" ? inObject : !inObject || leafText(frame, slot) !== name) return null;
    if (name === "*") {
      // The element is whatever container the walk came from; its own index wins over its place.
      indexes.unshift(elementIndex(frame, container, slot));
    }
    slot = containers.slot[container]!;
    container = containers.parent[container]!;
  }
  return container < 0 ? indexes : null;
}

// Servers send one element per frame and number it by a member, so its place in
// the array says nothing (OpenAI: `choices[].index`, `tool_calls[].index`).
function elementIndex(frame: JsonDocument, array: number, position: number): string {
  const { containers, leaves } = frame;
  for (let leaf = 0; leaf < leaves.count; leaf += 1) {
    if (leaves.kind[leaf] !== NUMBER_LEAF) continue;
    const element = leaves.container[leaf]!;
    if (element < 0 || containers.parent[element] !== array || containers.slot[element] !== position) continue;
    const key = leaves.slot[leaf]!;
    if (leaves.kind[key] === KEY_LEAF && leafText(frame, key) === "index") return leafText(frame, leaf);
  }
  return `@${position}`;
}
