import { HaechiError } from "../errors.ts";
import { BACKSLASH, QUOTE } from "./json-bytes.ts";
import {
  HAS_ESCAPE,
  HAS_ESCAPED_BACKSLASH,
  HAS_FRACTION_OR_EXPONENT,
  HAS_NON_ASCII,
  HAS_UNICODE_ESCAPE,
} from "./json-document.ts";
import { wordsOf } from "./words.ts";

/** The productions of RFC 8259 below objects and arrays. Each gives back the offset past what it read. */
export class JsonSource {
  readonly length: number;
  /** The `HAS_…` flags of the string or number read last. */
  flags = 0;
  readonly bytes: Uint8Array;
  /** The same bytes, four at a time, without those that fill no word; none where it is not worth it. */
  readonly words: Int32Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.length = bytes.length | 0;
    this.words = this.length < WORDS_BYTES_MIN ? NO_WORDS : wordsOf(bytes);
  }

  byteAt(at: number): number {
    return at < this.length ? this.bytes[at]! : END;
  }

  skipSpace(at: number): number {
    const bytes = this.bytes;
    let past = at;
    while (past < this.length) {
      const byte = bytes[past]!;
      if (byte > SPACE || (byte !== SPACE && byte !== LINE_FEED && byte !== CARRIAGE_RETURN && byte !== TAB)) break;
      past++;
    }
    return past;
  }

  /** Offset of the closing quote of the string whose content starts at `start`. */
  stringEnd(start: number): number {
    const { bytes, words } = this;
    // A short string without escapes, as most are.
    let word = start >> 2;
    let before = bytesBefore(start);
    let seen = 0;
    for (const past = Math.min(word + SHORT_WORDS, words.length | 0); word < past; word++) {
      const four = words[word]!;
      const special = specialBytes(four | before);
      if (special !== 0) {
        const at = (word << 2) + placeOf(special);
        if (bytes[at] !== QUOTE) break;
        seen |= four & ~before & bytesBelow(special);
        this.flags = (seen & HIGH_BITS) === 0 ? 0 : HAS_NON_ASCII;
        return at;
      }
      seen |= four & ~before;
      before = 0;
    }
    return this.#anyStringEnd(start);
  }

  #anyStringEnd(start: number): number {
    const { bytes, words, length } = this;
    const wordCount = words.length | 0;
    let at = start | 0;
    let seen = 0;
    let flags = 0;
    for (;;) {
      // Most of a string is plain, so it is passed a word at a time, and a long one four words at a time.
      let word = at >> 2;
      if (word < wordCount) {
        const before = bytesBefore(at);
        let four = words[word]!;
        let special = specialBytes(four | before);
        four &= ~before;
        while (special === 0) {
          seen |= four;
          word++;
          for (; word + 4 <= wordCount; word += 4) {
            const a = words[word]!;
            const b = words[word + 1]!;
            const c = words[word + 2]!;
            const d = words[word + 3]!;
            const belowA = belowBound(a);
            const belowB = belowBound(b);
            const belowC = belowBound(c);
            const belowD = belowBound(d);
            if (
              ((belowA | belowB | belowC | belowD) & HIGH_BITS) !== 0 &&
              (((belowA & ~a) | (belowB & ~b) | (belowC & ~c) | (belowD & ~d)) & HIGH_BITS) !== 0
            ) {
              break;
            }
            seen |= a | b | c | d;
          }
          if (word === wordCount) break;
          four = words[word]!;
          special = specialBytes(four);
        }
        at = word << 2;
        if (special !== 0) {
          seen |= four & bytesBelow(special);
          at += placeOf(special);
        }
      }
      while (at < length && bytes[at]! >= SPACE && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) {
        seen |= bytes[at]!;
        at++;
      }
      if (at >= length) throw notJson(length);
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.flags = (seen & HIGH_BITS) === 0 ? flags : flags | HAS_NON_ASCII;
        return at;
      }
      if (byte !== BACKSLASH) throw notJson(at);
      const letter = at + 1 < length ? bytes[at + 1]! : 0;
      if (IS_SIMPLE_ESCAPE[letter] === 1) {
        flags |= letter === BACKSLASH ? HAS_ESCAPE | HAS_ESCAPED_BACKSLASH : HAS_ESCAPE;
        at += 2;
      } else if (letter === LOWER_U) {
        flags |= HAS_ESCAPE | HAS_UNICODE_ESCAPE;
        this.#requireFourHex(at + 2);
        at += 6;
      } else {
        throw notJson(at + 1);
      }
    }
  }

  numberEnd(start: number): number {
    let at = this.byteAt(start) === MINUS ? start + 1 : start;
    at = this.byteAt(at) === ZERO ? at + 1 : this.#digitsEnd(at);
    this.flags = 0;
    if (this.byteAt(at) === POINT) {
      this.flags = HAS_FRACTION_OR_EXPONENT;
      at = this.#digitsEnd(at + 1);
    }
    if ((this.byteAt(at) | LOWER_CASE_BIT) === LOWER_E) {
      this.flags = HAS_FRACTION_OR_EXPONENT;
      const sign = this.byteAt(at + 1);
      at = this.#digitsEnd(sign === PLUS || sign === MINUS ? at + 2 : at + 1);
    }
    return at;
  }

  literalEnd(start: number): number {
    const literal = literalFrom(this.byteAt(start));
    if (literal === null) throw notJson(start);
    for (let i = 1; i < literal.length; i++) {
      if (this.byteAt(start + i) !== literal[i]) throw notJson(start + i);
    }
    return start + literal.length;
  }

  #digitsEnd(start: number): number {
    let at = start;
    while (isDigit(this.byteAt(at))) at++;
    if (at === start) throw notJson(at);
    return at;
  }

  #requireFourHex(start: number): void {
    for (let at = start; at < start + 4; at++) {
      if (!isHexDigit(this.byteAt(at))) throw notJson(at);
    }
  }
}

const SHORT_WORDS = 5;
// V8 keeps up to 64 bytes in its own heap, and makes a copy outside for whoever asks for their memory.
const WORDS_BYTES_MIN = 65;
const NO_WORDS = new Int32Array(0);

export const END = -1;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
export const SPACE = 0x20;
const PLUS = 0x2b;
export const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LOWER_E = 0x65;
const LOWER_U = 0x75;
const LOWER_CASE_BIT = 0x20;

const utf8 = new TextEncoder();
const TRUE = utf8.encode("true");
const FALSE = utf8.encode("false");
const NULL = utf8.encode("null");

function literalFrom(first: number): Uint8Array | null {
  return first === TRUE[0] ? TRUE : first === FALSE[0] ? FALSE : first === NULL[0] ? NULL : null;
}

const IS_SIMPLE_ESCAPE = new Uint8Array(256);
for (const byte of utf8.encode('"\\/bfnrt')) IS_SIMPLE_ESCAPE[byte] = 1;

const HIGH_BITS = 0x8080_8080 | 0;
const ONES = 0x0101_0101;
const ABOVE_SPACE = 0x2121_2121;
const QUOTE_TO_SPACE = 0x0202_0202;
const BACKSLASHES = BACKSLASH * ONES;

/**
 * The high bit of each of the four bytes that is a quote, a control or a backslash. Only the lowest bit
 * set is to be trusted.
 */
function specialBytes(word: number): number {
  return belowBound(word) & ~word & HIGH_BITS;
}

// Flipping bit 1 makes a quote (0x22) a space and leaves controls below it, so that
// one bound, 0x21, takes both; a backslash becomes 0. Taking the bound away borrows
// into the high bit of a byte below it, and of some bytes of 0x80 and above. The
// borrow may run on into the next byte.
function belowBound(word: number): number {
  return ((word ^ QUOTE_TO_SPACE) - ABOVE_SPACE) | ((word ^ BACKSLASHES) - ONES);
}

/** Which of four bytes the lowest bit stands in. */
function placeOf(special: number): number {
  return (31 - Math.clz32(special & -special)) >> 3;
}

/** All bits below the lowest one: the bytes before, and some of a byte of ASCII. */
function bytesBelow(special: number): number {
  return (special & -special) - 1;
}

/** The bytes of a word that stand before an offset, as bytes of which none is special. */
function bytesBefore(at: number): number {
  return (1 << ((at & 3) << 3)) - 1;
}

export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39;
}

function isHexDigit(byte: number): boolean {
  const lower = byte | LOWER_CASE_BIT;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

export function notJson(at: number): HaechiError {
  return new HaechiError("DOCUMENT_NOT_JSON", `document is not JSON at byte ${at}`);
}
