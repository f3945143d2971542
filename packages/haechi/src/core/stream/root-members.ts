import { type JsonDocument, KEY_LEAF, OBJECT_CONTAINER } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";

/** The strings and numbers that stand at the root of a frame, by name; of a repeated name the last, as clients take it. */
export function readRootMembers(frame: JsonDocument): ReadonlyMap<string, RootMember> {
  const { leaves, containers } = frame;
  const members = new Map<string, RootMember>();
  if (containers.count === 0 || containers.kind[ROOT] !== OBJECT_CONTAINER) return members;
  for (let leaf = 0; leaf < leaves.count; leaf += 1) {
    if (leaves.container[leaf] !== ROOT || leaves.kind[leaf] === KEY_LEAF) continue;
    members.set(leafText(frame, leaves.slot[leaf]!), { leaf, text: leafText(frame, leaf) });
  }
  return members;
}

export interface RootMember {
  readonly leaf: number;
  /** What the string spells, or the digits of the number. */
  readonly text: string;
}

const ROOT = 0;
