import { ARRAY_CONTAINER, type JsonDocument, KEY_LEAF, OBJECT_CONTAINER } from "./json-document.ts";

/** Leaves one behind the other. */
export interface LeafRun {
  readonly firstLeaf: number;
  /** Behind the last one. */
  readonly pastLeaf: number;
  /** Where the content of the first begins and that of the last ends. */
  readonly start: number;
  readonly end: number;
}

/**
 * Runs of whole objects in the lists that an object at the top holds: the messages and
 * the tools of a conversation. Each is as many objects as make up `bytesMin`, the last of
 * a list what is left; so a list that grows at its end begins with the same runs.
 *
 * What the leaves of a run say, and under which keys of their objects, depends on its bytes alone.
 */
export function objectRuns({ format, leaves, containers }: JsonDocument, bytesMin: number): LeafRun[] {
  const runs: LeafRun[] = [];
  if (format !== "json" || containers.count < CONTAINERS_MIN || containers.kind[0] !== OBJECT_CONTAINER) return runs;
  const holdsObjects = listsOfObjects(containers);
  const { count, kind, start, end, container: containerOf } = leaves;
  // Whatever leaf comes, one that opens an object of a list among them, goes on from these.
  let firstLeaf = NONE;
  let list = NONE;
  let object = NONE;
  const endBefore = (leaf: number) => {
    if (firstLeaf !== NONE) runs.push({ firstLeaf, pastLeaf: leaf, start: start[firstLeaf]!, end: end[leaf - 1]! });
    firstLeaf = NONE;
  };
  for (let leaf = 0; leaf < count; leaf++) {
    const container = containerOf[leaf]!;
    if (container === object) continue;
    if (container === ROOT || holdsObjects[container] === 1) {
      endBefore(leaf);
      object = NONE;
      continue;
    }
    const parent = containers.parent[container]!;
    if (kind[leaf] !== KEY_LEAF || holdsObjects[parent] !== 1) continue;
    object = container;
    if (parent !== list || (firstLeaf !== NONE && start[leaf]! - start[firstLeaf]! >= bytesMin)) endBefore(leaf);
    list = parent;
    if (firstLeaf === NONE) firstLeaf = leaf;
  }
  endBefore(count);
  return runs;
}

/** The index of the run that holds the leaf; -1 when none does. The runs are in document order. */
export function runOf(leaf: number, runs: readonly LeafRun[]): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (runs[middle]!.pastLeaf <= leaf) low = middle + 1;
    else high = middle;
  }
  return low < runs.length && runs[low]!.firstLeaf <= leaf ? low : -1;
}

/** By container: 1 for a list in the object at the top that holds no other list. */
function listsOfObjects({ count, kind, parent }: JsonDocument["containers"]): Uint8Array {
  const isOne = new Uint8Array(count);
  for (let container = 1; container < count; container++) {
    if (kind[container] !== ARRAY_CONTAINER) continue;
    if (parent[container] === ROOT) isOne[container] = 1;
    // A list in a list has the key above both, which is beyond any run.
    else if (isOne[parent[container]!] === 1) isOne[parent[container]!] = 0;
  }
  return isOne;
}

const ROOT = 0;
const NONE = -1;
/** The root, a list and an object. */
const CONTAINERS_MIN = 3;
