import type { CharacterNode, ClassElement } from "./pattern-tree.ts";

/**
 * A set of what may stand at one place of a text: a code below 0x80 by itself, all
 * other characters together as `BEYOND_ASCII`, and no character at all as `EDGE`.
 * A bit for each: a pattern is made of hundreds of them.
 */
export type CodeSet = Int32Array;

export const BEYOND_ASCII = 0x80;
export const EDGE = 0x81;
export const CODE_SET_SIZE = 0x82;

const WORDS = 5;
const ASCII_WORDS = 4;

export function hasCode(codes: CodeSet, code: number): boolean {
  return ((codes[code >> 5]! >>> (code & 31)) & 1) === 1;
}

/** The characters that the node takes; beyond ASCII rather too many than too few. */
export function codesOf(node: CharacterNode, flagsOfPattern: string): CodeSet {
  const flags = node.ignoreCase === true && !flagsOfPattern.includes("i") ? `${flagsOfPattern}i` : flagsOfPattern;
  const cacheKey = `${flags}/${node.raw}`;
  const cached = known.get(cacheKey);
  if (cached !== undefined) return cached;
  const codes = codesAsWritten(node, flags) ?? codesByTrial(node, flags);
  if (known.size < CACHED_MAX) known.set(cacheKey, codes);
  return codes;
}

export function emptyCodes(): CodeSet {
  return new Int32Array(WORDS);
}

export function allCodes(): CodeSet {
  return new Int32Array(WORDS).fill(-1);
}

/** Adds every member of `more` to `codes`. */
export function addCodes(codes: CodeSet, more: CodeSet): void {
  for (let word = 0; word < WORDS; word++) codes[word]! |= more[word]!;
}

/** Removes every member of `codes` that is not in `kept`. */
export function keepCodes(codes: CodeSet, kept: CodeSet): void {
  for (let word = 0; word < WORDS; word++) codes[word]! &= kept[word]!;
}

/** Removes every member of `codes` that is a character of ASCII in `forbidden`. */
export function dropAscii(codes: CodeSet, forbidden: CodeSet): void {
  for (let word = 0; word < ASCII_WORDS; word++) codes[word]! &= ~forbidden[word]!;
}

/** Removes one member. */
export function dropCode(codes: CodeSet, code: number): void {
  codes[code >> 5]! &= ~(1 << (code & 31));
}

/** True when the sets have a member in common. */
export function meet(codes: CodeSet, others: CodeSet): boolean {
  for (let word = 0; word < WORDS; word++) if ((codes[word]! & others[word]!) !== 0) return true;
  return false;
}

/** True when every member of `codes` is in `others`. */
export function isWithin(codes: CodeSet, others: CodeSet): boolean {
  for (let word = 0; word < WORDS; word++) if ((codes[word]! & ~others[word]!) !== 0) return false;
  return true;
}

function addCode(codes: CodeSet, code: number): void {
  codes[code >> 5]! |= 1 << (code & 31);
}

const ASCII = String.fromCharCode(...Array.from({ length: BEYOND_ASCII }, (_, code) => code));

// The same few classes come back in every pattern. An operator's rules are read
// once, but whoever compiles many must not grow this without end.
const CACHED_MAX = 1024;
const known = new Map<string, CodeSet>();

/**
 * The members of what is spelled out; null when it takes more than that to tell.
 * Without u and v, letters of ASCII are the other case of each other only.
 */
function codesAsWritten(node: CharacterNode, flags: string): CodeSet | null {
  if (/[uv]/.test(flags)) return null;
  const codes = emptyCodes();
  if (!addAscii(codes, node, flags.includes("i"))) return null;
  if (takesBeyondAscii(node, flags)) addCode(codes, BEYOND_ASCII);
  return codes;
}

function addAscii(codes: CodeSet, node: ClassElement, ignoreCase: boolean): boolean {
  switch (node.type) {
    case "Character":
      addRange(codes, node.value, node.value, ignoreCase);
      return true;
    case "CharacterClassRange":
      addRange(codes, node.min.value, node.max.value, ignoreCase);
      return true;
    case "CharacterSet":
      if (node.kind !== "digit" && node.kind !== "word" && node.kind !== "space") return false;
      addAsciiOf(codes, SETS[node.kind], node.negate === true);
      return true;
    case "CharacterClass": {
      const inside = emptyCodes();
      for (const element of node.elements) if (!addAscii(inside, element, ignoreCase)) return false;
      addAsciiOf(codes, inside, node.negate);
      return true;
    }
    default:
      return false;
  }
}

function addAsciiOf(codes: CodeSet, members: CodeSet, negate: boolean): void {
  const flip = negate ? -1 : 0;
  for (let word = 0; word < ASCII_WORDS; word++) codes[word]! |= members[word]! ^ flip;
}

function addRange(codes: CodeSet, min: number, max: number, ignoreCase: boolean): void {
  for (let code = min; code <= Math.min(max, BEYOND_ASCII - 1); code++) {
    addCode(codes, code);
    if (ignoreCase && isLetter(code)) addCode(codes, code ^ CASE_BIT);
  }
}

const SETS = {
  digit: codesIn([0x30, 0x39]),
  word: codesIn([0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]),
  space: codesIn([0x09, 0x0d], [0x20, 0x20]),
};

function codesIn(...ranges: readonly (readonly [number, number])[]): CodeSet {
  const codes = emptyCodes();
  for (const [min, max] of ranges) addRange(codes, min, max, false);
  return codes;
}

/** The digits of ASCII. */
export const DIGIT_CODES: CodeSet = SETS.digit;

function isLetter(code: number): boolean {
  const lower = code | CASE_BIT;
  return lower >= 0x61 && lower <= 0x7a;
}

const CASE_BIT = 0x20;

// Of all else the regular expression engine itself says which character is a member,
// so no subtlety of case folding or of Unicode sets is written down a second time.
function codesByTrial(node: CharacterNode, flags: string): CodeSet {
  const single = new RegExp(`^(?:${node.raw})$`, flags);
  const codes = emptyCodes();
  for (let code = 0; code < BEYOND_ASCII; code++) {
    if (single.test(ASCII.charAt(code))) addCode(codes, code);
  }
  if (takesBeyondAscii(node, flags)) addCode(codes, BEYOND_ASCII);
  return codes;
}

function takesBeyondAscii(node: CharacterNode, flags: string): boolean {
  // With u and i, letters beyond ASCII fold onto ASCII ones (U+017F onto s, U+212A onto k).
  if (flags.includes("i") && /[uv]/.test(flags)) return true;
  switch (node.type) {
    case "Character":
      return node.value >= BEYOND_ASCII;
    case "CharacterSet":
      return node.kind === "any" || node.kind === "property" || node.kind === "space" || node.negate === true;
    case "CharacterClass":
      return node.negate || node.elements.some((element) => elementTakesBeyondAscii(element, flags));
    case "ExpressionCharacterClass":
      return true;
  }
}

function elementTakesBeyondAscii(element: ClassElement, flags: string): boolean {
  if (element.type === "CharacterClassRange") return element.max.value >= BEYOND_ASCII;
  return element.type === "ClassStringDisjunction" || takesBeyondAscii(element, flags);
}
