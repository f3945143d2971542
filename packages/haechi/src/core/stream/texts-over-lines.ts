import type { AdjacentParts } from "../detect/decoded/decoded-parts.ts";
import { OPEN_BRACKET } from "../document/json-bytes.ts";
import { ARRAY_CONTAINER, type JsonDocument, OBJECT_CONTAINER, STRING_LEAF } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";
import { placeOf } from "./leaf-place.ts";
import { elementIndexes } from "./stream-leaves.ts";
import { createUnnamedTexts } from "./unnamed-texts.ts";

/**
 * The texts that grow from line to line of JSON Lines which came as a whole: a stream that nobody knows the format of
 * is one. They are told as in a stream, by their places; none in any other document.
 */
export function textsOverLines(document: JsonDocument): AdjacentParts[] {
  if (!isLines(document)) return [];
  const { leaves, containers } = document;
  const texts = createUnnamedTexts();
  const lastAt = new Map<string, number>();
  const grown = new Map<string, number[]>();
  const indexOf = elementIndexes(document);
  // A line is no element that would tell its texts from those of the next.
  const elementOf = (element: number) => (containers.parent[element] === ROOT ? "" : indexOf(element));
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== STRING_LEAF || leaves.container[leaf] === ROOT) continue;
    const place = placeOf(document, leaf, elementOf);
    const isGrowing = texts.see(place, leafText(document, leaf), false).is === "growing";
    const parts = grown.get(place);
    if (parts !== undefined) parts.push(leaf);
    else if (isGrowing) grown.set(place, [lastAt.get(place)!, leaf]);
    lastAt.set(place, leaf);
  }
  return [...grown.values()];
}

const ROOT = 0;

/** An array that is written without its brackets, of objects. */
function isLines({ format, bytes, containers }: JsonDocument): boolean {
  if (format !== "json" || containers.count < 3 || containers.kind[ROOT] !== ARRAY_CONTAINER) return false;
  if (containers.kind[1] !== OBJECT_CONTAINER) return false;
  return bytes.find((byte) => byte > 0x20) !== OPEN_BRACKET;
}
