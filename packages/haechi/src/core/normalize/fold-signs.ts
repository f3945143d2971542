import { NEXT_THAT_MATTERS, PREVIOUS_THAT_MATTERS } from "./fold-rule.ts";
import { BLOCK_FOLDS, entryAt, entryOfCodePoint, FOLD_ENTRIES, LEADS_FOLD } from "./fold-table.ts";
import { INVISIBLE, NEIGHBOUR_OF_ASCII, OTHER } from "./neighbour.ts";
import { BEGINS_SPELLING, isControl } from "./spelling-places.ts";

/**
 * Where in UTF-8 a character stands that may fold, or one of ASCII that may begin a spelling
 * or shows nothing. Bytes are looked at once when places are asked for as they rise, however
 * many leaves they have.
 */
export class FoldSigns {
  readonly #bytes: Uint8Array;
  /** Two bytes each; of an odd number of bytes, all but the last. */
  readonly #pairs: Uint16Array;
  readonly #signs: Signs;
  readonly #kinds = kinds();
  /** From the one to the other no sign stands. */
  #from = 0;
  #next = 0;
  /** Up to there one character after the other is to be looked at. */
  #suspectTo = 0;

  /** @param spelled all that begins a spelling counts, and not only backslashes */
  constructor(bytes: Uint8Array, spelled: boolean) {
    this.#bytes = bytes;
    // A copy is made by a constructor: the slice of a Buffer would be a view of the same bytes.
    const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
    this.#pairs = new Uint16Array(aligned.buffer, aligned.byteOffset, bytes.length >> 1);
    this.#signs = spelled ? spelledSigns() : nestedSigns();
  }

  /**
   * The first sign that stands there or behind it; the length of the bytes when none does. A
   * character that does not fold beside those that stand beside it may be left out.
   * @param from where a character begins
   */
  nextFrom(from: number): number {
    if (from < this.#from || from > this.#next) this.#from = from;
    else if (from < this.#next) return this.#next;
    this.#next = this.#search(from);
    return this.#next;
  }

  #search(from: number): number {
    const bytes = this.#bytes;
    const { ofByte } = this.#signs;
    const kindOf = this.#kinds;
    const end = bytes.length;
    this.#suspectTo = from + 1;
    for (let at = from; at < end; ) {
      if (at >= this.#suspectTo) {
        at = this.#firstSuspect(at);
        if (at >= end) break;
      }
      const byte = bytes[at]!;
      if (byte < 0x80) {
        if (ofByte[byte] !== 0) return at;
        at++;
        continue;
      }
      if (byte >= 0xf0) {
        if (entryAt(bytes, at) !== 0) return at;
        at += 4;
        continue;
      }
      const isShort = byte < 0xe0;
      const second = bytes[at + 1]! & 0x3f;
      const kind = isShort
        ? kindOf[((byte & 0x1f) << 6) | second]!
        : kindOf[((byte & 0x0f) << 12) | (second << 6) | (bytes[at + 2]! & 0x3f)]!;
      const past = isShort ? at + 2 : at + 3;
      if (kind !== NEVER) {
        if (mayFold(kind, bytes, at, past)) return at;
        // What stands behind it may fold because of it.
        if (past >= this.#suspectTo) this.#suspectTo = past + 1;
      }
      at = past;
    }
    return end;
  }

  /** Where the first character begins, from there on, from which one after the other is to be looked at. */
  #firstSuspect(from: number): number {
    const bytes = this.#bytes;
    const pairs = this.#pairs;
    const { ofPair } = this.#signs;
    const last = pairs.length - 1;
    let pair = from >> 1;
    let before = from > 0 && from % 2 === 0 && bytes[from - 1]! < 0x80 ? ENDS_PLAINLY : 0;
    for (; pair < last; pair += 2) {
      const first = ofPair[pairs[pair]!]!;
      const second = ofPair[pairs[pair + 1]!]!;
      const begins = ((before << TO_BEGINS) & first) | ((first << TO_BEGINS) & second);
      if ((((first | second) & SIGN) | (begins & BEGINS)) !== 0) break;
      before = second;
    }
    this.#suspectTo = pair < last ? pair * 2 + 4 : bytes.length;
    // What was met may begin before.
    let at = Math.max(from, pair * 2 - 1);
    while (at > from && (bytes[at]! & 0xc0) === 0x80) at--;
    return at;
  }
}

/** False when the characters beside it say that it does not fold. */
function mayFold(kind: number, bytes: Uint8Array, from: number, to: number): boolean {
  if (kind === ALWAYS) return true;
  if ((neighbourBefore(bytes, from) & PREVIOUS_BY_KIND[kind]!) !== 0) return true;
  const next = NEXT_BY_KIND[kind]!;
  return next !== 0 && (neighbourFrom(bytes, to) & next) !== 0;
}

function neighbourBefore(bytes: Uint8Array, to: number): number {
  if (to === 0) return OTHER;
  const last = bytes[to - 1]!;
  // A letter behind a backslash may be that of an escape.
  if (last < 0x80) return bytes[to - 2] === BACKSLASH ? ANYTHING : neighbourOf(last);
  let at = to - 2;
  while ((bytes[at]! & 0xc0) === 0x80) at--;
  return neighbourOfSequence(bytes, at);
}

function neighbourFrom(bytes: Uint8Array, at: number): number {
  if (at >= bytes.length) return OTHER;
  const first = bytes[at]!;
  if (first < 0x80) return first === BACKSLASH ? ANYTHING : neighbourOf(first);
  return neighbourOfSequence(bytes, at);
}

function neighbourOfSequence(bytes: Uint8Array, at: number): number {
  const number = entryAt(bytes, at);
  return number === 0 ? OTHER : NEIGHBOUR_OF_ENTRY[number]!;
}

function neighbourOf(ascii: number): number {
  return isControl(ascii) ? INVISIBLE : NEIGHBOUR_OF_ASCII[ascii]!;
}

const ANYTHING = -1;
const BACKSLASH = 0x5c;

// Kinds of characters, by when they may fold: those in a context have their own numbers.
const NEVER = 0;
const ALWAYS = 1;
const FIRST_IN_CONTEXT = 2;
const CLASSES = Object.keys(PREVIOUS_THAT_MATTERS);
const PREVIOUS_BY_KIND = [0, 0, ...Object.values(PREVIOUS_THAT_MATTERS)];
const NEXT_BY_KIND = [0, 0, ...Object.values(NEXT_THAT_MATTERS)];

const NEIGHBOUR_OF_ENTRY = Uint16Array.from(FOLD_ENTRIES, ({ neighbour }) => neighbour);

const KIND_OF_ENTRY = Uint8Array.from(FOLD_ENTRIES, ({ foldClass }, number) => {
  if (number === 0) return NEVER;
  const index = CLASSES.indexOf(foldClass);
  return index === -1 ? ALWAYS : FIRST_IN_CONTEXT + index;
});

/** By code point, up to U+FFFF. */
const kinds = madeOnce(kindsOfCodePoints);

function kindsOfCodePoints(): Uint8Array {
  const kinds = new Uint8Array(1 << 16);
  for (const [block, folds] of BLOCK_FOLDS.entries()) {
    if (folds === 0) continue;
    for (let code = block << 6; code < (block + 1) << 6; code++) kinds[code] = KIND_OF_ENTRY[entryOfCodePoint(code)]!;
  }
  return kinds;
}

interface Signs {
  /** By byte of ASCII: 1 for a sign. */
  readonly ofByte: Uint8Array;
  /** By two bytes as they stand in memory: whether one of them is a sign or begins one, or might together with those beside them. */
  readonly ofPair: Uint16Array;
}

const SIGN = 1;
// A pair may end within a character of a kind, or with ASCII, and the next one may go on as a sign does behind that.
const ENDS = 2;
const TO_BEGINS = 7;
const BEGINS = 0x7f * (ENDS << TO_BEGINS);
/** First bytes of characters of which few are signs. */
const LEADS_OF_FEW: readonly number[] = [0xe3, 0xea, 0xef];
/** The first two bytes of characters of which few are signs and many are met. */
const BLOCKS_OF_FEW: readonly number[] = [0xe380, 0xe382, 0xefbc];
/** The last kind is ASCII. */
const ENDS_PLAINLY = ENDS << (LEADS_OF_FEW.length + BLOCKS_OF_FEW.length);
/**
 * First bytes of kana and Han, among which stand full stops and long vowels. These fold behind ASCII or behind
 * another sign only, and what stands behind a sign is looked at anyway.
 */
const LEADS_OF_LETTERS: readonly number[] = [0xe3, 0xe4];

/** False as well for what is looked at behind ASCII and behind other signs only. */
function isStop(code: number): boolean {
  const kind = kinds()[code]!;
  if (kind < FIRST_IN_CONTEXT || NEXT_BY_KIND[kind] !== 0) return kind !== NEVER;
  return !LEADS_OF_LETTERS.includes(0xe0 | (code >> 12));
}

const blockStops = madeOnce(() =>
  BLOCK_FOLDS.map((folds, block) => {
    if (folds === 0) return 0;
    for (let code = block << 6; code < (block + 1) << 6; code++) if (isStop(code)) return 1;
    return 0;
  }),
);

const isLowFirst = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function signsOf(ofByte: Uint8Array): Signs {
  const firsts = new Uint16Array(256);
  const seconds = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte++) {
    firsts[byte] = isSign(byte, ofByte) ? SIGN : goesOnFlags(byte);
    seconds[byte] = isSign(byte, ofByte) ? SIGN : endsFlags(byte);
  }
  const ofPair = new Uint16Array(1 << 16);
  for (let pair = 0; pair < ofPair.length; pair++) {
    const low = pair & 0xff;
    const high = pair >> 8;
    ofPair[pair] = isLowFirst ? firsts[low]! | seconds[high]! : firsts[high]! | seconds[low]!;
  }
  const add = (first: number, second: number, flags: number) => {
    ofPair[isLowFirst ? (second << 8) | first : (first << 8) | second]! |= flags;
  };
  const stops = blockStops();
  for (let block = 0x800 >> 6; block < stops.length; block++) {
    const lead = 0xe0 | (block >> 6);
    const second = 0x80 | (block & 0x3f);
    const kind = BLOCKS_OF_FEW.indexOf((lead << 8) | second);
    if (kind === -1) {
      if (stops[block] !== 0) add(lead, second, SIGN);
      continue;
    }
    add(lead, second, ENDS << (LEADS_OF_FEW.length + kind));
    const begins = ENDS << (TO_BEGINS + LEADS_OF_FEW.indexOf(lead));
    for (let third = 0x80; third < 0xc0; third++) {
      if (isStop((block << 6) | (third & 0x3f))) add(second, third, begins);
    }
  }
  for (const lead of LEADS_OF_LETTERS) for (let byte = 0; byte < 0x80; byte++) add(byte, lead, SIGN);
  return { ofByte, ofPair };
}

const NESTS = Uint8Array.from({ length: 128 }, (_, byte) => (byte === BACKSLASH || isControl(byte) ? 1 : 0));
const nestedSigns = madeOnce(() => signsOf(NESTS));
const spelledSigns = madeOnce(() => signsOf(BEGINS_SPELLING));

function madeOnce<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** Whatever stands beside it. */
function isSign(byte: number, ofByte: Uint8Array): boolean {
  if (byte < 0x80) return ofByte[byte] !== 0;
  return byte >= 0xf0 || (byte < 0xe0 && LEADS_FOLD[byte] !== 0);
}

/** The kinds of which it is a sign that this byte goes on. */
function goesOnFlags(byte: number): number {
  if (LEADS_OF_LETTERS.includes(byte)) return ENDS_PLAINLY << TO_BEGINS;
  if ((byte & 0xc0) !== 0x80) return 0;
  let flags = 0;
  for (const [kind, lead] of LEADS_OF_FEW.entries()) {
    const isOfFew = BLOCKS_OF_FEW.includes((lead << 8) | byte);
    if (!isOfFew && blockStops()[blockOf(lead, byte)] !== 0) flags |= ENDS << (TO_BEGINS + kind);
  }
  for (const [kind, block] of BLOCKS_OF_FEW.entries()) {
    if (isStop((blockOf(block >> 8, block & 0xff) << 6) | (byte & 0x3f)))
      flags |= ENDS << (TO_BEGINS + LEADS_OF_FEW.length + kind);
  }
  return flags;
}

function endsFlags(byte: number): number {
  if (byte < 0x80) return ENDS_PLAINLY;
  if (byte < 0xe0 || byte >= 0xf0) return 0;
  const kind = LEADS_OF_FEW.indexOf(byte);
  if (kind !== -1) return ENDS << kind;
  return blockStops()
    .subarray(blockOf(byte, 0x80), blockOf(byte, 0xbf) + 1)
    .includes(1)
    ? SIGN
    : 0;
}

/** The number of the block of 64 code points of which all characters begin with these two bytes. */
function blockOf(lead: number, second: number): number {
  return ((lead & 0x0f) << 6) | (second & 0x3f);
}
