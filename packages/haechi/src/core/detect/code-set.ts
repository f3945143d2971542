import type { CharacterNode, ClassElement } from "./pattern-tree.ts";

/**
 * A set of what may stand at one place of a text: a code below 0x80 by itself, all
 * other characters together as `BEYOND_ASCII`, and no character at all as `EDGE`.
 */
export type CodeSet = Uint8Array;

export const BEYOND_ASCII = 0x80;
export const EDGE = 0x81;
export const CODE_SET_SIZE = 0x82;

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
  return new Uint8Array(CODE_SET_SIZE);
}

export function allCodes(): CodeSet {
  return new Uint8Array(CODE_SET_SIZE).fill(1);
}

/** Adds every member of `more` to `codes`. */
export function addCodes(codes: CodeSet, more: CodeSet): void {
  for (let code = 0; code < CODE_SET_SIZE; code++) codes[code]! |= more[code]!;
}

/** Removes every member of `codes` that is not in `kept`. */
export function keepCodes(codes: CodeSet, kept: CodeSet): void {
  for (let code = 0; code < CODE_SET_SIZE; code++) codes[code]! &= kept[code]!;
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
  if (takesBeyondAscii(node, flags)) codes[BEYOND_ASCII] = 1;
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
      addAsciiSet(codes, RANGES[node.kind], node.negate === true);
      return true;
    case "CharacterClass": {
      const inside = emptyCodes();
      for (const element of node.elements) if (!addAscii(inside, element, ignoreCase)) return false;
      for (let code = 0; code < BEYOND_ASCII; code++) if ((inside[code] === 1) !== node.negate) codes[code] = 1;
      return true;
    }
    default:
      return false;
  }
}

const RANGES = {
  digit: [[0x30, 0x39]],
  word: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  space: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
} as const;

function addAsciiSet(codes: CodeSet, ranges: readonly (readonly [number, number])[], negate: boolean): void {
  for (let code = 0; code < BEYOND_ASCII; code++) {
    if (ranges.some(([min, max]) => code >= min && code <= max) !== negate) codes[code] = 1;
  }
}

function addRange(codes: CodeSet, min: number, max: number, ignoreCase: boolean): void {
  for (let code = min; code <= Math.min(max, BEYOND_ASCII - 1); code++) {
    codes[code] = 1;
    if (ignoreCase && isLetter(code)) codes[code ^ CASE_BIT] = 1;
  }
}

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
    if (single.test(ASCII.charAt(code))) codes[code] = 1;
  }
  if (takesBeyondAscii(node, flags)) codes[BEYOND_ASCII] = 1;
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
