import { type JsonDocument, KEY_LEAF } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";
import type { LeafPattern } from "./stream-leaves.ts";

/** The names by which the places of growing texts are told: those on the way to one, and those that tell texts apart. */
export function steeringNames(patterns: readonly LeafPattern[]): ReadonlySet<string> {
  const names = patterns.flatMap(({ path, by = [] }) => [...path, ...by]);
  return new Set([...names, "type", "index"].map((name) => name.toLowerCase()));
}

/**
 * True when an object around one of the growing texts says such a name twice. Which of the copies a client takes for
 * the next piece of a text nobody knows, so there is no one text to look into: a value would stand whole in what the
 * one client joins, and broken in what another does.
 * @param names in lower case: some readers take a name in any case
 */
export function repeatsName(frame: JsonDocument, growing: readonly number[], names: ReadonlySet<string>): boolean {
  if (growing.length === 0) return false;
  const { leaves, containers } = frame;
  const around = new Set<number>();
  for (const leaf of growing) {
    for (let container = leaves.container[leaf]!; container >= 0; container = containers.parent[container]!)
      around.add(container);
  }
  const seen = new Set<string>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== KEY_LEAF || !around.has(leaves.container[leaf]!)) continue;
    const name = leafText(frame, leaf).toLowerCase();
    if (!names.has(name)) continue;
    const place = `${leaves.container[leaf]} ${name}`;
    if (seen.has(place)) return true;
    seen.add(place);
  }
  return false;
}
