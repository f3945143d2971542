import type { JsonDocument } from "../document/json-document.ts";
import type { LeafRun } from "../document/leaf-run.ts";
import { MARKUP_STARTS, unseenMarkupEnd } from "./markup.ts";
import { softBreakEnd } from "./soft-break.ts";
import { spelledCharacterAt } from "./spelled-character.ts";

// What `unspell` reads otherwise begins with one of few bytes, but for what is spelled
// with backslashes or with invisible characters. JSON text and what it spells have
// these at the same places.

/**
 * Where in a document of ASCII a character may be spelled with several or be followed by
 * what shows nothing, in rising order.
 * @param literal the bytes are no JSON, in which a control is an escape
 */
export function spellingPlaces(bytes: Uint8Array, literal: boolean): Int32Array {
  const places: number[] = [];
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    const before = Math.max(0, from - LOOKED_AT_BEFORE);
    const past = Math.min(from + CHUNK_BYTES, bytes.length);
    const text = utf8.decode(bytes.subarray(before, Math.min(past + LOOKED_AT_BEHIND, bytes.length)));
    const found: number[] = [];
    for (const { signs, pattern, behind } of literal ? IN_LITERAL_TEXT : IN_JSON) {
      if (signs !== null && !signs.some((sign) => text.includes(sign))) continue;
      pattern.lastIndex = from - before;
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        if (before + match.index >= past) break;
        const place = before + match.index - behind;
        if (maySpellAt(bytes, place, 0, bytes.length)) found.push(place);
        pattern.lastIndex = match.index + 1;
      }
    }
    for (const place of found.sort((a, b) => a - b)) places.push(place);
  }
  return places.length === 0 ? NO_PLACES : Int32Array.from(places);
}

/** The same of a document, but for runs of its leaves: no spelling goes on from one leaf to the next. */
export function spellingsIn({ bytes, format }: JsonDocument, without: readonly LeafRun[]): Int32Array {
  const literal = format === "text";
  if (without.length === 0) return spellingPlaces(bytes, literal);
  const places: number[] = [];
  let from = 0;
  for (const { start, end } of [...without, { start: bytes.length, end: bytes.length }]) {
    for (const place of spellingPlaces(bytes.subarray(from, start), literal)) places.push(from + place);
    from = end;
  }
  return Int32Array.from(places);
}

/** True when the byte at `at` begins what `unspell` reads otherwise. */
export function maySpellAt(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  switch (bytes[at]) {
    case EQUALS:
      return spelledCharacterAt(bytes, at, end) !== null || softBreakEnd(bytes, at, end) !== at;
    case PERCENT:
    case AMPERSAND:
      return spelledCharacterAt(bytes, at, end) !== null;
    case BACKSLASH:
      // The escape of JSON for a backspace, which is the one control that has a letter and shows nothing.
      return bytes[at + 1] === LOWER_B;
    default:
      return isControl(bytes[at]!) || unseenMarkupEnd(bytes, at, end, at > start ? bytes[at - 1]! : 0) !== at;
  }
}

/** By byte: 1 for those at which `maySpellAt` may be true in literal text. */
export const BEGINS_SPELLING = Uint8Array.from({ length: 256 }, (_, byte) =>
  `\\%&=${MARKUP_STARTS}`.includes(String.fromCharCode(byte)) || isControl(byte) ? 1 : 0,
);

interface Suspicion {
  /** One of these stands wherever the pattern matches; null when there are too many to look for each. */
  readonly signs: readonly string[] | null;
  readonly pattern: RegExp;
  /** So many characters behind the one that begins a spelling the pattern matches. */
  readonly behind: number;
}

// The engine looks for one character, and for those of a class, many at a time, when they
// are few and the class stands first; so what comes before is looked at behind it.
const IN_JSON: readonly Suspicion[] = [
  {
    signs: [..."%&<`~*="],
    pattern:
      /[%&<`~*=](?:(?<=%)[0-7CEFcef]|(?<=&)[#a-zA-Z]|(?<=[A-Za-z\d@._-]<)[!/A-Za-z]|(?<=[\dA-Za-z@._-][*~`])[*~`]{0,8}[\dA-Za-z@<._-]|(?<==)(?:[2-7\r\n\\]|[C-Fc-f][\dA-Fa-f]=))/g,
    behind: 0,
  },
  // In JSON there are more backslashes than letters b. A class of two is quicker than one
  // character alone; the second never stands in ASCII.
  { signs: ["\\b"], pattern: /[b\x80](?<=\\b)/g, behind: 1 },
  // The one control that stands in JSON as it is.
  { signs: ["\x7f"], pattern: /[\x7f\x80]/g, behind: 0 },
];
const CONTROLS = [String.raw`[\0-\x08\x7f]`, String.raw`[\x10-\x1f]`, String.raw`[\x0e\x0f\x7f]`];
const IN_LITERAL_TEXT: readonly Suspicion[] = [
  ...IN_JSON,
  ...CONTROLS.map((source) => ({ signs: null, pattern: new RegExp(source, "g"), behind: 0 })),
];

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const NO_PLACES = new Int32Array(0);

// So much of a large document is read as one string.
const CHUNK_BYTES = 1 << 20;
const LOOKED_AT_BEFORE = 2;
const LOOKED_AT_BEHIND = 16;

/** A control that shows nothing in the midst of a value; those that move to a new line or column do. */
export function isControl(byte: number): boolean {
  return (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) || byte === 0x7f;
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const LOWER_B = 0x62;
