import { isUtf8 } from "node:buffer";
import { HaechiError } from "../errors.ts";
import { ARRAY_CONTAINER, type JsonDocument, OBJECT_CONTAINER } from "./json-document.ts";
import { tokenize } from "./tokenize.ts";

/**
 * JSON Lines as one document: an array of which each line is an element, with the line ends in the place of
 * brackets and commas. Empty lines are none, as readers of the format have it.
 * @throws HaechiError DOCUMENT_NOT_UTF8, DOCUMENT_NOT_JSON, DOCUMENT_TOO_DEEP, DOCUMENT_TOO_LARGE
 */
export function jsonLines(bytes: Uint8Array, limits: { readonly depthMax: number }): JsonDocument {
  if (bytes.length > OFFSET_MAX) throw new HaechiError("DOCUMENT_TOO_LARGE", "document is 2 GiB or larger");
  if (!isUtf8(bytes)) throw new HaechiError("DOCUMENT_NOT_UTF8", "document is not well-formed UTF-8");
  const lines: PlacedLine[] = [];
  let leafCount = 0;
  let containerCount = 1;
  for (const [start, end] of linesOf(bytes)) {
    const document = tokenize(bytes.subarray(start, end), { depthMax: limits.depthMax - 1 });
    lines.push({ start, document, leafBase: leafCount, containerBase: containerCount });
    leafCount += document.leaves.count;
    containerCount += document.containers.count;
  }
  return joined(bytes, lines, leafCount, containerCount);
}

const OFFSET_MAX = 0x7fff_ffff;
const LINE_FEED = 0x0a;
const ROOT = 0;

interface PlacedLine {
  readonly start: number;
  readonly document: JsonDocument;
  /** Leaves and containers before it. */
  readonly leafBase: number;
  readonly containerBase: number;
}

function* linesOf(bytes: Uint8Array): Generator<[start: number, end: number]> {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed === -1 ? bytes.length : feed;
    if (bytes.subarray(start, end).some((byte) => byte > 0x20)) yield [start, end];
    start = end + 1;
  }
}

/** The tables of all lines one after the other, below a root that is an array. */
function joined(
  bytes: Uint8Array,
  lines: readonly PlacedLine[],
  leafCount: number,
  containerCount: number,
): JsonDocument {
  const leaves = {
    count: leafCount,
    kind: new Uint8Array(leafCount),
    start: new Int32Array(leafCount),
    end: new Int32Array(leafCount),
    flags: new Uint8Array(leafCount),
    container: new Int32Array(leafCount),
    slot: new Int32Array(leafCount),
  };
  const containers = {
    count: containerCount,
    kind: new Uint8Array(containerCount),
    parent: new Int32Array(containerCount),
    slot: new Int32Array(containerCount),
  };
  containers.kind[ROOT] = ARRAY_CONTAINER;
  containers.parent[ROOT] = -1;
  containers.slot[ROOT] = -1;
  lines.forEach(({ start, document, leafBase, containerBase }, index) => {
    const { leaves: own, containers: ownContainers } = document;
    leaves.kind.set(own.kind, leafBase);
    leaves.flags.set(own.flags, leafBase);
    // A place in an object is a leaf, and so moves with the leaves; one in an array stays.
    const placeIn = (container: number, slot: number) =>
      container === -1 ? index : ownContainers.kind[container] === OBJECT_CONTAINER ? slot + leafBase : slot;
    for (let leaf = 0; leaf < own.count; leaf++) {
      const container = own.container[leaf]!;
      leaves.start[leafBase + leaf] = own.start[leaf]! + start;
      leaves.end[leafBase + leaf] = own.end[leaf]! + start;
      leaves.container[leafBase + leaf] = container === -1 ? ROOT : container + containerBase;
      leaves.slot[leafBase + leaf] = placeIn(container, own.slot[leaf]!);
    }
    for (let row = 0; row < ownContainers.count; row++) {
      const parent = ownContainers.parent[row]!;
      containers.kind[containerBase + row] = ownContainers.kind[row]!;
      containers.parent[containerBase + row] = parent === -1 ? ROOT : parent + containerBase;
      containers.slot[containerBase + row] = placeIn(parent, ownContainers.slot[row]!);
    }
  });
  return { bytes, format: "json", leaves, containers };
}
