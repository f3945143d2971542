import { type JsonDocument, OBJECT_CONTAINER } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";

/**
 * The names and places from the root to a leaf.
 * @param indexOf what an element of an array is told by; its place in the array when absent
 */
export function placeOf(
  document: JsonDocument,
  leaf: number,
  indexOf: (element: number) => string | undefined,
): string {
  const { leaves, containers } = document;
  const steps: string[] = [];
  let cameFrom = -1;
  let container = leaves.container[leaf]!;
  let slot = leaves.slot[leaf]!;
  while (container !== -1) {
    const isMember = containers.kind[container] === OBJECT_CONTAINER;
    steps.push(isMember ? leafText(document, slot) : (indexOf(cameFrom) ?? `@${slot}`));
    cameFrom = container;
    slot = containers.slot[container]!;
    container = containers.parent[container]!;
  }
  return steps.reverse().join("\t");
}
