import { ARRAY_CONTAINER, type JsonDocument, OBJECT_CONTAINER, STRING_LEAF } from "../document/json-document.ts";

/**
 * Leaves that one reads as one text: at least two, each of which ends in the midst of what
 * the next may go on with.
 */
export type AdjacentParts = readonly number[];

/**
 * The strings that stand in consecutive elements of one array as parts of a message or of
 * a conversation: those of an array that is named for it, or those of one such name in
 * the objects of an array. Values are split over them by accident or on purpose.
 */
export function adjacentParts(document: JsonDocument): AdjacentParts[] {
  const { leaves, containers } = document;
  if (containers.count === 0 || document.format !== "json") return [];
  const found: AdjacentParts[] = [];
  let run: number[] = [];
  let last: Part = NO_PART;
  let array = -1;
  let arrayIsNamed = false;
  const close = () => {
    if (run.length > 1 && !isTable(document, run)) found.push(...borderingRuns(document, run));
    run = [];
  };
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== STRING_LEAF || leaves.container[leaf] === -1) continue;
    const container = leaves.container[leaf]!;
    const parent = containers.parent[container]!;
    if (parent === -1) continue;
    let part: Part;
    if (containers.kind[container] === ARRAY_CONTAINER) {
      if (container !== array) {
        array = container;
        const isMember = containers.kind[parent] === OBJECT_CONTAINER;
        arrayIsNamed = isMember && nameAmong(ARRAY_NAMES, document, containers.slot[container]!) !== 0;
      }
      if (!arrayIsNamed) continue;
      part = { array, element: leaves.slot[leaf]!, name: 0 };
    } else {
      if (containers.kind[parent] !== ARRAY_CONTAINER) continue;
      const name = nameAmong(TEXT_NAMES, document, leaves.slot[leaf]!);
      if (name === 0) continue;
      part = { array: parent, element: containers.slot[container]!, name };
    }
    if (part.array !== last.array || part.element !== last.element + 1 || part.name !== last.name) close();
    run.push(leaf);
    last = part;
  }
  close();
  return found;
}

interface Part {
  readonly array: number;
  readonly element: number;
  /** Length of the key, which tells the names apart; 0 for a string that is an element itself. */
  readonly name: number;
}

const NO_PART: Part = { array: -1, element: -1, name: 0 };

// The content parts of OpenAI and Anthropic, the parts of Gemini, the messages of all of them.
const TEXT_NAMES = ["text", "content"].map((name) => new TextEncoder().encode(name));
const ARRAY_NAMES = ["content", "parts", "input", "prompt", "messages"].map((name) => new TextEncoder().encode(name));

/** The length of the name that the key is, 0 when it is none of them. */
function nameAmong(names: readonly Uint8Array[], { bytes, leaves }: JsonDocument, key: number): number {
  const start = leaves.start[key]!;
  const length = leaves.end[key]! - start;
  for (const name of names) {
    if (name.length === length && bytes[start] === name[0] && name.every((byte, at) => bytes[start + at] === byte)) {
      return length;
    }
  }
  return 0;
}

/** Many short strings are cells, which say nothing together. */
function isTable({ leaves }: JsonDocument, run: readonly number[]): boolean {
  const length = run.reduce((sum, leaf) => sum + leaves.end[leaf]! - leaves.start[leaf]!, 0);
  return run.length > CELLS_MIN && length < run.length * TEXT_BYTES_MIN;
}

const CELLS_MIN = 8;
const TEXT_BYTES_MIN = 16;

/** The stretches of a run in which a value may go on from each part to the next. */
function borderingRuns(document: JsonDocument, run: readonly number[]): AdjacentParts[] {
  const runs: number[][] = [];
  let current = [run[0]!];
  for (const leaf of run.slice(1)) {
    if (mayGoOn(document, current.at(-1)!, leaf)) current.push(leaf);
    else {
      if (current.length > 1) runs.push(current);
      current = [leaf];
    }
  }
  if (current.length > 1) runs.push(current);
  return runs;
}

function mayGoOn({ bytes, leaves }: JsonDocument, before: number, after: number): boolean {
  let last = leaves.end[before]! - 1;
  let first = leaves.start[after]!;
  if (bytes[last] === BLANK) last--;
  if (bytes[first] === BLANK) first++;
  if (last < leaves.start[before]! || first >= leaves.end[after]!) return false;
  return isOfValue(bytes[last]!) && bytes[last - 1] !== BACKSLASH && isOfValue(bytes[first]!);
}

function isOfValue(byte: number): boolean {
  return byte >= 0x80 || OF_VALUE[byte] === 1;
}

const OF_VALUE = Uint8Array.from({ length: 128 }, (_, byte) =>
  /[A-Za-z0-9@._+/=\\-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);
const BLANK = 0x20;
const BACKSLASH = 0x5c;
