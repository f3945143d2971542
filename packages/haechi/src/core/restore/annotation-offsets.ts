import {
  ARRAY_CONTAINER,
  type JsonDocument,
  NUMBER_LEAF,
  OBJECT_CONTAINER,
  STRING_LEAF,
} from "../document/json-document.ts";
import { leafText, sourceText } from "../document/leaf.ts";
import type { Edit } from "../transform/edit.ts";

/**
 * The offsets of annotations after the edits: each `start_index` and `end_index` below an array
 * `annotations` whose text, beside it in the same object, is edited. By number leaf.
 */
export function annotationOffsets(document: JsonDocument, edits: readonly Edit[]): ReadonlyMap<number, number> {
  const moved = new Map<number, number>();
  const { leaves } = document;
  let texts: ReadonlyMap<number, number> | null = null;
  const shifts = new Map<number, readonly Shift[]>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== NUMBER_LEAF) continue;
    const side = sideOf(document, leaf);
    if (side === null) continue;
    texts ??= textsByObject(document);
    const text = texts.get(annotatedObject(document, leaf));
    if (text === undefined) continue;
    const shiftsOfText = shifts.get(text) ?? shiftsIn(document, text, edits);
    shifts.set(text, shiftsOfText);
    const offset = Number(leafText(document, leaf));
    const after = shifted(offset, side, shiftsOfText);
    if (after !== offset) moved.set(leaf, after);
  }
  return moved;
}

type Side = "start" | "end";

function sideOf(document: JsonDocument, leaf: number): Side | null {
  const { leaves, containers } = document;
  const container = leaves.container[leaf]!;
  if (container === -1 || containers.kind[container] !== OBJECT_CONTAINER) return null;
  const name = leafText(document, leaves.slot[leaf]!);
  return name === "start_index" ? "start" : name === "end_index" ? "end" : null;
}

/** The object that holds the array `annotations` around a leaf; -1 when there is none. */
function annotatedObject(document: JsonDocument, leaf: number): number {
  const { leaves, containers } = document;
  for (let container = leaves.container[leaf]!; container !== -1; container = containers.parent[container]!) {
    const parent = containers.parent[container]!;
    if (containers.kind[container] !== ARRAY_CONTAINER || parent === -1) continue;
    const isMember = containers.kind[parent] === OBJECT_CONTAINER;
    if (isMember && leafText(document, containers.slot[container]!) === "annotations") return parent;
  }
  return -1;
}

/** The text of each object that has one: of a part of a message its `text`, of a message its `content`. */
function textsByObject(document: JsonDocument): ReadonlyMap<number, number> {
  const { leaves, containers } = document;
  const texts = new Map<number, number>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const container = leaves.container[leaf]!;
    if (leaves.kind[leaf] !== STRING_LEAF || container === -1) continue;
    if (containers.kind[container] !== OBJECT_CONTAINER) continue;
    const name = leafText(document, leaves.slot[leaf]!);
    if (name === "text" || name === "content") texts.set(container, leaf);
  }
  return texts;
}

/** What an edit does to offsets, in characters as the API counts them: code points. */
interface Shift {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

function shiftsIn(document: JsonDocument, leaf: number, edits: readonly Edit[]): readonly Shift[] {
  const shifts: Shift[] = [];
  let at = document.leaves.start[leaf]!;
  let offset = 0;
  for (const edit of edits.filter((one) => one.leaf === leaf).sort((a, b) => a.start - b.start)) {
    const start = offset + codePoints(sourceText(document, at, edit.start, leaf));
    const end = start + codePoints(sourceText(document, edit.start, edit.end, leaf));
    shifts.push({ start, end, length: codePoints(edit.replacement) });
    at = edit.end;
    offset = end;
  }
  return shifts;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** An offset within what was replaced moves to the side of it that it marks. */
function shifted(offset: number, side: Side, shifts: readonly Shift[]): number {
  let moved = 0;
  for (const { start, end, length } of shifts) {
    if (offset >= end) moved += length - (end - start);
    else if (offset > start) return start + moved + (side === "start" ? 0 : length);
    else break;
  }
  return offset + moved;
}
