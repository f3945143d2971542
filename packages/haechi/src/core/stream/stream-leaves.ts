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
  const indexOf = elementIndexes(frame);
  for (let leaf = 0; leaf < frame.leaves.count; leaf += 1) {
    if (frame.leaves.kind[leaf] !== STRING_LEAF) continue;
    for (let pattern = 0; pattern < patterns.length; pattern += 1) {
      const indexes = matchPattern(frame, leaf, patterns[pattern]!, indexOf);
      if (indexes === null) continue;
      found.push({ leaf, pattern, channel: `${pattern}:${indexes.join(":")}`, group: indexes[0] ?? "" });
      break;
    }
  }
  return found;
}

/** The identities of the array elements on the way to the leaf, outermost first; null when it is elsewhere. */
function matchPattern(
  frame: JsonDocument,
  leaf: number,
  pattern: LeafPattern,
  indexOf: (element: number) => string | undefined,
): string[] | null {
  const { containers } = frame;
  const indexes: string[] = [];
  let cameFrom = -1;
  let container = frame.leaves.container[leaf]!;
  let slot = frame.leaves.slot[leaf]!;
  for (let step = pattern.length - 1; step >= 0; step -= 1) {
    if (container < 0) return null;
    const inObject = containers.kind[container] === OBJECT_CONTAINER;
    const name = pattern[step]!;
    if (name === "*" ? inObject : !inObject || leafText(frame, slot) !== name) return null;
    // The element is whatever container the walk came from; its own index wins over its place.
    if (name === "*") indexes.unshift(indexOf(cameFrom) ?? `@${slot}`);
    cameFrom = container;
    slot = containers.slot[container]!;
    container = containers.parent[container]!;
  }
  return container < 0 ? indexes : null;
}

// Servers send one element per frame and number it by a member, so its place in
// the array says nothing (OpenAI: `choices[].index`, `tool_calls[].index`).
function elementIndexes(frame: JsonDocument): (element: number) => string | undefined {
  // Read once, and only for a frame that has elements: a frame may have very many of them.
  let indexes: Map<number, string> | null = null;
  return (element) => {
    indexes ??= readIndexMembers(frame);
    return indexes.get(element);
  };
}

/** The first `index` member of each container that has one. */
function readIndexMembers(frame: JsonDocument): Map<number, string> {
  const { leaves } = frame;
  const indexes = new Map<number, string>();
  for (let leaf = 0; leaf < leaves.count; leaf += 1) {
    if (leaves.kind[leaf] !== NUMBER_LEAF) continue;
    const container = leaves.container[leaf]!;
    const key = leaves.slot[leaf]!;
    if (container < 0 || indexes.has(container) || leaves.kind[key] !== KEY_LEAF) continue;
    if (frame.containers.kind[container] === OBJECT_CONTAINER && leafText(frame, key) === "index") {
      indexes.set(container, leafText(frame, leaf));
    }
  }
  return indexes;
}
