import { erased } from "./erased.ts";
import { hiddenTextAt, mayBeginHiddenText } from "./hidden-text.ts";
import { MARKUP_STARTS, unseenMarkupEnd } from "./markup.ts";
import { nestedEscapeAt } from "./nested-escape.ts";
import { reordered } from "./reordered.ts";
import { softBreakEnd } from "./soft-break.ts";
import { spelledCharacterAt } from "./spelled-character.ts";
import { type NormalizedText, over, UNSEEN, WrittenText } from "./written-text.ts";

/**
 * Which spellings are read. `json`: escapes of JSON in a string, which can be told as a text
 * grows. `all`: everything that `unspell` knows, for which it takes the whole text.
 */
export type Spellings = "json" | "all";

/**
 * The text with what is written out for a character (escapes, character references,
 * percent-encoding, quoted-printable) read as that character, and what shows nothing
 * (markup within a value, erased characters) as one that is invisible; the same
 * text when there is none of it. What was written out more than once is read so, too.
 */
export function unspell(text: NormalizedText, spellings: Spellings): NormalizedText {
  if (spellings === "json") return respelled(text, nestedEscapeOf) ?? text;
  let read = reordered(text) ?? text;
  read = erased(read) ?? read;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const next = respelled(read, spellingOf);
    if (next === null) break;
    read = next;
  }
  return read;
}

/** Twice encoded is met in practice: JSON in a string of JSON in a string, a URL in a URL. */
const ROUNDS_MAX = 3;

/** Writes what is spelled at `at` otherwise and says where that ends; `at` when nothing is. */
type Respell = (bytes: Uint8Array, at: number, written: Respelled) => number;

function respelled(text: NormalizedText, respell: Respell): NormalizedText | null {
  const { bytes } = text;
  let at = nextStart(bytes, 0);
  if (at === bytes.length) return null;
  const written = new Respelled(bytes);
  while (at < bytes.length) at = nextStart(bytes, Math.max(at + 1, respell(bytes, at, written)));
  const result = written.result();
  return result === null ? null : over(result, text);
}

class Respelled {
  readonly #bytes: Uint8Array;
  /** Null while the text is as it was. */
  #written: WrittenText | null = null;
  #copiedTo = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  put(code: number, from: number, to: number): void {
    this.#written ??= new WrittenText(this.#bytes.length);
    this.#written.copy(this.#bytes, this.#copiedTo, from);
    this.#written.decode(code, from, to);
    this.#copiedTo = to;
  }

  /** The byte before `at` in the text as it is read, 0 when there is none. */
  before(at: number): number {
    if (at > this.#copiedTo) return this.#bytes[at - 1]!;
    return this.#written?.bytes[this.#written.end - 1] ?? 0;
  }

  result(): NormalizedText | null {
    this.#written?.copy(this.#bytes, this.#copiedTo, this.#bytes.length);
    return this.#written?.result() ?? null;
  }
}

function nestedEscapeOf(bytes: Uint8Array, at: number, written: Respelled): number {
  if (bytes[at] !== BACKSLASH) return at;
  const spelled = nestedEscapeAt({ bytes, start: 0, end: bytes.length, escaped: false }, at);
  if (spelled === null) return at;
  written.put(spelled.code, at, spelled.end);
  return spelled.end;
}

function spellingOf(bytes: Uint8Array, at: number, written: Respelled): number {
  const end = bytes.length;
  if (bytes[at]! >= 0x80) return hiddenTextOf(bytes, at, written);
  const spelled = spelledCharacterAt(bytes, at, end);
  if (spelled !== null) {
    written.put(spelled.code, at, spelled.end);
    return spelled.end;
  }
  const past =
    bytes[at] === EQUALS ? softBreakEnd(bytes, at, end) : unseenMarkupEnd(bytes, at, end, written.before(at));
  if (past !== at) written.put(UNSEEN, at, past);
  return past;
}

function hiddenTextOf(bytes: Uint8Array, at: number, written: Respelled): number {
  const hidden = hiddenTextAt(bytes, at, bytes.length);
  if (hidden === null) return at;
  let from = at;
  for (const [index, code] of hidden.codes.entries()) {
    written.put(code, from, from + hidden.bytesEach[index]!);
    from += hidden.bytesEach[index]!;
  }
  return from;
}

function nextStart(bytes: Uint8Array, from: number): number {
  const { length } = bytes;
  const lastOfFour = length - 4;
  let at = from;
  while (
    at <= lastOfFour &&
    (STARTS[bytes[at]!]! | STARTS[bytes[at + 1]!]! | STARTS[bytes[at + 2]!]! | STARTS[bytes[at + 3]!]!) === 0
  ) {
    at += 4;
  }
  while (at < length && STARTS[bytes[at]!] === 0) at++;
  return at;
}

const STARTS = Uint8Array.from({ length: 256 }, (_, byte) =>
  `\\%&=${MARKUP_STARTS}`.includes(String.fromCharCode(byte)) || mayBeginHiddenText(byte) ? 1 : 0,
);

const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
