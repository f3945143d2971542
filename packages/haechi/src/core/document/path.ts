import { type JsonDocument, OBJECT_CONTAINER, type PathStep } from "./json-document.ts";
import { leafText } from "./leaf.ts";

/** The steps from the root to a leaf. A key has the path of the value it names; a top-level value has none. */
export function leafPath(document: JsonDocument, leaf: number): PathStep[] {
  const { leaves, containers } = document;
  const steps: PathStep[] = [];
  let container = leaves.container[leaf]!;
  let slot = leaves.slot[leaf]!;
  while (container !== -1) {
    steps.push(containers.kind[container] === OBJECT_CONTAINER ? leafText(document, slot) : slot);
    slot = containers.slot[container]!;
    container = containers.parent[container]!;
  }
  return steps.reverse();
}
