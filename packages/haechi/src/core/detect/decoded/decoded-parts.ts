import {
  ARRAY_CONTAINER,
  HAS_ESCAPE,
  HAS_UNICODE_ESCAPE,
  type JsonDocument,
  OBJECT_CONTAINER,
  STRING_LEAF,
} from "../../document/json-document.ts";
import { type Characters, characterBefore, characterEnd, neighbourAt } from "../../normalize/characters.ts";
import { DIGIT, NEIGHBOUR_OF_ASCII, OTHER, TOKEN_SIGN } from "../../normalize/neighbour.ts";
import { numberedMembers } from "./numbered-members.ts";

/**
 * Leaves that one reads as one text: at least two, each of which ends in the midst of what
 * the next may go on with.
 */
export type AdjacentParts = readonly number[];

/**
 * The strings that stand in consecutive elements of one array as parts of a message or of
 * a conversation: those of an array that is named for it, or those of one such name in
 * the objects of an array; and the strings of one object under names that count up. Values
 * are split over them by accident or on purpose.
 */
export function adjacentParts(document: JsonDocument): AdjacentParts[] {
  const { count, kind, start, end, container, slot } = document.leaves;
  const { slot: containerSlot } = document.containers;
  if (document.format !== "json") return NO_PARTS;
  const found: AdjacentParts[] = [];
  for (const members of numberedMembers(document)) {
    const bytes = members.reduce((sum, leaf) => sum + end[leaf]! - start[leaf]!, 0);
    addBordering(found, document, members, bytes);
  }
  if (!mayHoldParts(document)) return found.length === 0 ? NO_PARTS : found;
  let run: number[] = [];
  let runBytes = 0;
  // Where the last part stands, and the length of its key, which tells the names apart: 0 for an element itself.
  let lastArray = -1;
  let lastElement = -1;
  let lastName = 0;
  // Of the container that was looked at last: the array in which its strings are parts, -1 when they are none.
  let asked = -1;
  let array = -1;
  for (let leaf = 0; leaf < count; leaf++) {
    if (kind[leaf] !== STRING_LEAF) continue;
    const inside = container[leaf]!;
    if (inside !== asked) array = arrayOfParts(document, inside);
    asked = inside;
    if (array === -1) continue;
    let element = slot[leaf]!;
    let name = 0;
    if (array !== inside) {
      name = nameAmong(TEXT_NAMES, document, element);
      if (name === 0) continue;
      element = containerSlot[inside]!;
    }
    if (array !== lastArray || element !== lastElement + 1 || name !== lastName) {
      addBordering(found, document, run, runBytes);
      run = [];
      runBytes = 0;
    }
    run.push(leaf);
    runBytes += end[leaf]! - start[leaf]!;
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

/** The container itself, when it is an array with such a name, or the array of which an object is an element; else -1. */
function arrayOfParts(document: JsonDocument, container: number): number {
  const { kind, parent } = document.containers;
  const around = container === -1 ? -1 : parent[container]!;
  if (around === -1) return -1;
  if (kind[container] === ARRAY_CONTAINER) return isNamedForParts(document, container) ? container : -1;
  return kind[around] === ARRAY_CONTAINER ? around : -1;
}

function isNamedForParts(document: JsonDocument, array: number): boolean {
  const { kind, parent, slot } = document.containers;
  return kind[parent[array]!] === OBJECT_CONTAINER && nameAmong(ARRAY_NAMES, document, slot[array]!) !== 0;
}

/** By length in bytes. */
type Names = readonly (readonly Uint8Array[])[];

// The content parts of OpenAI and Anthropic, the parts of Gemini, the messages of all of them.
const TEXT_NAMES = byLength(["text", "content"]);
const ARRAY_NAMES = byLength(["content", "parts", "input", "prompt", "messages"]);

function byLength(names: readonly string[]): Names {
  const longest = Math.max(...names.map((name) => name.length));
  return Array.from({ length: longest + 1 }, (_, length) =>
    names.filter((name) => name.length === length).map((name) => new TextEncoder().encode(name)),
  );
}

/** The length of the name that the key is, 0 when it is none of them. */
function nameAmong(names: Names, { bytes, leaves }: JsonDocument, key: number): number {
  const start = leaves.start[key]!;
  const length = leaves.end[key]! - start;
  if (length >= names.length) return 0;
  const sameLength = names[length]!;
  for (let index = 0; index < sameLength.length; index++) {
    const name = sameLength[index]!;
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
  if (byte < 0x80 && OF_VALUE[byte] === 0) return false;
  const neighbour = byte < 0x80 && byte !== BACKSLASH ? NEIGHBOUR_OF_ASCII[byte]! : neighbourAt(text, at);
  if (byte >= 0x80 && neighbour === OTHER) return false;
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
