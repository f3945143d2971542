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
    const text = utf8.decode(bytes.subarray(before, past));
    const found: number[] = [];
    for (const pattern of literal ? IN_LITERAL_TEXT : IN_JSON) {
      pattern.lastIndex = from - before;
      for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        if (maySpellAt(bytes, before + match.index, 0, bytes.length)) found.push(before + match.index);
        pattern.lastIndex = match.index + 1;
      }
    }
    for (const place of found.sort((a, b) => a - b)) places.push(place);
  }
  return places.length === 0 ? NO_PLACES : Int32Array.from(places);
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

// The engine looks for the characters of a class many bytes at a time, when there are few
// of them and the class stands first; so what comes before is looked at behind it.
const IN_JSON = [
  String.raw`[%&<\`~*](?:(?<=%)[0-7CEFcef]|(?<=&)[#a-zA-Z]|(?<=[A-Za-z\d@._-]<)[!/A-Za-z]|(?<=[\d@A-Za-z][*~\`])[*~\`]{0,2}[\dA-Za-z@])`,
  // A class of two, one of which never stands in JSON.
  String.raw`[=\x01](?=[2-7\r\n\\])`,
  String.raw`\\b`,
].map((source) => new RegExp(source, "g"));
const IN_LITERAL_TEXT = [
  ...IN_JSON,
  ...[String.raw`[\0-\x08\x7f]`, String.raw`[\x10-\x1f]`, String.raw`[\x0e\x0f\x7f]`].map(
    (source) => new RegExp(source, "g"),
  ),
];

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const NO_PLACES = new Int32Array(0);

// So much of a large document is read as one string.
const CHUNK_BYTES = 1 << 20;
const LOOKED_AT_BEFORE = 2;

function isControl(byte: number): boolean {
  return (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) || byte === 0x7f;
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const LOWER_B = 0x62;
