import {
  ARRAY_CONTAINER,
  HAS_ESCAPE,
  HAS_UNICODE_ESCAPE,
  type JsonDocument,
  OBJECT_CONTAINER,
  STRING_LEAF,
} from "../document/json-document.ts";
import { type Characters, characterBefore, characterEnd, neighbourAt } from "../normalize/characters.ts";
import { DIGIT, OTHER, TOKEN_SIGN } from "../normalize/neighbour.ts";

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
  if (document.format !== "json" || !mayHoldParts(document)) return NO_PARTS;
  const found: AdjacentParts[] = [];
  let run: number[] = [];
  let runBytes = 0;
  // Where the last part stands, and the length of its key, which tells the names apart: 0 for an element itself.
  let lastArray = -1;
  let lastElement = -1;
  let lastName = 0;
  let asked = -1;
  let isNamed = false;
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    if (leaves.kind[leaf] !== STRING_LEAF) continue;
    const container = leaves.container[leaf]!;
    const parent = container === -1 ? -1 : containers.parent[container]!;
    if (parent === -1) continue;
    let array = container;
    let element = leaves.slot[leaf]!;
    let name = 0;
    if (containers.kind[container] === ARRAY_CONTAINER) {
      if (container !== asked) isNamed = isNamedForParts(document, container);
      asked = container;
      if (!isNamed) continue;
    } else {
      if (containers.kind[parent] !== ARRAY_CONTAINER) continue;
      name = nameAmong(TEXT_NAMES, document, element);
      if (name === 0) continue;
      array = parent;
      element = containers.slot[container]!;
    }
    if (array !== lastArray || element !== lastElement + 1 || name !== lastName) {
      addBordering(found, document, run, runBytes);
      run = [];
      runBytes = 0;
    }
    run.push(leaf);
    runBytes += leaves.end[leaf]! - leaves.start[leaf]!;
    lastArray = array;
    lastElement = element;
    lastName = name;
  }
  addBordering(found, document, run, runBytes);
  return found;
}

const NO_PARTS: AdjacentParts[] = [];

/** An array is named for parts or holds objects. */
function mayHoldParts(document: JsonDocument): boolean {
  const { count, kind, parent } = document.containers;
  for (let container = 1; container < count; container++) {
    const isObject = kind[container] === OBJECT_CONTAINER;
    if (isObject ? kind[parent[container]!] === ARRAY_CONTAINER : isNamedForParts(document, container)) return true;
  }
  return false;
}

function isNamedForParts(document: JsonDocument, array: number): boolean {
  const { kind, parent, slot } = document.containers;
  return kind[parent[array]!] === OBJECT_CONTAINER && nameAmong(ARRAY_NAMES, document, slot[array]!) !== 0;
}

// The content parts of OpenAI and Anthropic, the parts of Gemini, the messages of all of them.
const TEXT_NAMES = ["text", "content"].map((name) => new TextEncoder().encode(name));
const ARRAY_NAMES = ["content", "parts", "input", "prompt", "messages"].map((name) => new TextEncoder().encode(name));

/** The length of the name that the key is, 0 when it is none of them. */
function nameAmong(names: readonly Uint8Array[], { bytes, leaves }: JsonDocument, key: number): number {
  const start = leaves.start[key]!;
  const length = leaves.end[key]! - start;
  for (const name of names) {
    if (name.length !== length) continue;
    let at = 0;
    while (at < length && bytes[start + at] === name[at]) at++;
    if (at === length) return length;
  }
  return 0;
}

const CELLS_MIN = 8;
const TEXT_BYTES_MIN = 16;

/** Adds the stretches of a run in which a value may go on from each part to the next. */
function addBordering(found: AdjacentParts[], document: JsonDocument, run: readonly number[], bytes: number): void {
  // Many short strings are cells, which say nothing together.
  if (run.length > CELLS_MIN && bytes < run.length * TEXT_BYTES_MIN) return;
  let first = 0;
  for (let next = 1; next <= run.length; next++) {
    if (next < run.length && mayGoOn(document, run[next - 1]!, run[next]!)) continue;
    if (next - first > 1) found.push(run.slice(first, next));
    first = next;
  }
}

/**
 * What stands on both sides of the border may be a value: it holds the sign of an address or
 * some digits, or takes a whole part. Sentences and words that end there do not.
 */
function mayGoOn(document: JsonDocument, before: number, after: number): boolean {
  const { bytes, leaves } = document;
  let last = leaves.end[before]! - 1;
  let first = leaves.start[after]!;
  if (bytes[last] === BLANK) last--;
  if (bytes[first] === BLANK) first++;
  if (last < leaves.start[before]! || first >= leaves.end[after]!) return false;
  if (!isOfValue(bytes[last]!) || bytes[last - 1] === BACKSLASH || !isOfValue(bytes[first]!)) return false;
  const flags = leaves.flags[before]! | leaves.flags[after]!;
  if ((flags & HAS_UNICODE_ESCAPE) !== 0) return true;
  const tail = charactersOf(document, before, last + 1);
  const head = charactersOf(document, after, leaves.end[after]!);
  const border: Border = { digits: 0, length: 0, holdsSign: false };
  let at = characterBefore(tail, tail.end);
  while (note(border, tail, at)) at = characterBefore(tail, at);
  const takesTail = at < tail.start;
  at = first;
  while (note(border, head, at)) at = characterEnd(head, at);
  const takesPart = takesTail || at >= head.end;
  const { digits, length, holdsSign } = border;
  return holdsSign || digits >= DIGITS_MIN || (digits > 0 && (takesPart || length >= LENGTH_MIN));
}

const DIGITS_MIN = 4;
const LENGTH_MIN = 16;
const BORDER_CHARACTERS_MAX = 64;

interface Border {
  digits: number;
  length: number;
  /** `@` or `_`. */
  holdsSign: boolean;
}

function charactersOf({ bytes, leaves }: JsonDocument, leaf: number, end: number): Characters {
  return { bytes, start: leaves.start[leaf]!, end, escaped: (leaves.flags[leaf]! & HAS_ESCAPE) !== 0 };
}

/** False when the character at `at` is no part of a value. */
function note(border: Border, text: Characters, at: number): boolean {
  if (at < text.start || at >= text.end || border.length === BORDER_CHARACTERS_MAX) return false;
  const byte = text.bytes[at]!;
  const neighbour = neighbourAt(text, at);
  if (byte < 0x80 ? OF_VALUE[byte] === 0 : neighbour === OTHER) return false;
  border.length++;
  if ((neighbour & DIGIT) !== 0) border.digits++;
  if ((neighbour & TOKEN_SIGN) !== 0) border.holdsSign = true;
  return true;
}

function isOfValue(byte: number): boolean {
  return byte >= 0x80 || OF_VALUE[byte] === 1;
}

const OF_VALUE = Uint8Array.from({ length: 128 }, (_, byte) =>
  /[A-Za-z0-9@._+/=\\-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);
const BLANK = 0x20;
const BACKSLASH = 0x5c;
