import { wordsOf } from "../../document/words.ts";
import {
  ANY_CASE,
  isWindow,
  LAST,
  type LiteralTable,
  listOfFour,
  listOfMiddle,
  literalArrays,
  literalTable,
  MASK,
  NEEDLE,
  NEXT,
  OFFSET,
  VALUE,
} from "../tables/literal-table.ts";
import { NeedleList } from "../tables/needle-list.ts";
import { BLOCK, findSigns, findWindows, holdsAtSign, holdsDigit, roomForBlock } from "./find-windows.ts";
import { PlaceList } from "./place-list.ts";

/** Where bytes begin and where they end. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The anchor pass: looks at bytes, whatever leaves they hold, for every needle of a table, for digits and for `@`. */
export class Anchors<Owner> {
  /** Where the literals of needles begin, with the index of the needle. */
  readonly literals = new PlaceList();
  /** Likewise those of the second table; of no meaning unless `hasSecond`. */
  readonly second = new PlaceList();
  /** True when the bytes were looked at for the second table too. */
  hasSecond = false;
  /** Where stretches begin and end in which no digit is far from the next; they may hold a little more than digits at either end. */
  readonly digitZones = new PlaceList();
  /** Where `@` stands. */
  readonly atSigns = new PlaceList();
  #table: LiteralTable<Owner> = NO_LITERALS;
  #secondTable: LiteralTable<unknown> = NO_LITERALS;
  /** Of the tables that are looked for. */
  #bytesBehind: Int32Array = NO_LITERALS.bytesBehind;
  #bytes: Uint8Array = NO_BYTES;
  /** All whole words of the bytes but the last one. */
  #words: Int32Array = NO_WORDS;
  #wordCount = 0;
  /** Where the last of the digit zones ends. */
  #zoneEnd = NO_ZONE;
  /** The last whole word, and the bytes behind it. */
  readonly #tail = new Int32Array(TAIL_WORDS + 1);

  /** The bytes that are to be looked at. What was found in others is forgotten. */
  open(bytes: Uint8Array, table: LiteralTable<Owner>): void {
    this.#bytes = bytes;
    this.#words = wordsOf(bytes);
    this.#wordCount = Math.max(0, this.#words.length - 1);
    this.#tail[0] = wordFrom(bytes, this.#wordCount * 4);
    this.#tail[1] = wordFrom(bytes, this.#wordCount * 4 + 4);
    this.#table = table;
    this.#bytesBehind = table.bytesBehind;
    this.hasSecond = false;
    this.literals.clear();
    this.second.clear();
    this.digitZones.clear();
    this.#zoneEnd = NO_ZONE;
    this.atSigns.clear();
  }

  /** Forgets the bytes. */
  close(): void {
    this.open(NO_BYTES, NO_LITERALS);
  }

  /**
   * Looks at all bytes for needles, digits and `@`, but at those inside of the ranges that are left out.
   * Where digits stand nearly everywhere, it looks for the needles of the second table in the same go.
   */
  findAll(leftOut: readonly ByteRange[] = NOTHING, second: (() => LiteralTable<unknown>) | null = null): void {
    this.#findOutside(leftOut, "signs");
    if (second !== null && this.#isFullOfDigits()) {
      this.#secondTable = second();
      this.#bytesBehind = bytesBehindOfBoth(this.#table, this.#secondTable);
      this.hasSecond = true;
    }
    this.#findOutside(leftOut, "needles");
  }

  #isFullOfDigits(): boolean {
    const { at, what, count } = this.digitZones;
    let within = 0;
    for (let zone = 0; zone < count; zone++) within += what[zone]! - at[zone]!;
    return within * FULL_OF_DIGITS > this.#bytes.length;
  }

  #findOutside(leftOut: readonly ByteRange[], sought: Sought): void {
    let from = 0;
    for (const { start, end } of leftOut) {
      this.#find(sought, from, start);
      from = end;
    }
    this.#find(sought, from, this.#bytes.length);
  }

  /** Looks for the needles that begin between the two places; may find some that begin a little before or behind. */
  findBetween(from: number, to: number): void {
    this.#find("needles", from, Math.min(to + this.#table.needles.lengthMax, this.#bytes.length));
  }

  /** Looks for what is sought between the two places. */
  #find(sought: Sought, from: number, to: number): void {
    const past = (to + 3) >> 2;
    const pastWords = Math.min(past, this.#wordCount);
    // The window under which a needle stands may begin one byte before it.
    for (let first = Math.max(0, from - 1) >> 2; first < pastWords; first += BLOCK) {
      this.#findIn(sought, this.#words, first, Math.min(first + BLOCK, pastWords), 0);
    }
    if (past > this.#wordCount) this.#findIn(sought, this.#tail, 0, TAIL_WORDS, this.#wordCount * 4);
  }

  /** Looks at the words from `first` to before `past`. Word 0 stands at the offset `base`. */
  #findIn(sought: Sought, words: Int32Array, first: number, past: number, base: number): void {
    if (sought === "signs") {
      findSigns(words, first, past, signed);
      this.#noteSigns(words, base);
      return;
    }
    findWindows(words, first, past, this.#bytesBehind, hits);
    this.#collectHits(this.#table, this.literals, words, base);
    if (this.hasSecond) this.#collectHits(this.#secondTable, this.second, words, base);
  }

  #noteSigns(words: Int32Array, base: number): void {
    const { index, count } = signed;
    let zoneEnd = this.#zoneEnd;
    for (let sign = 0; sign < count; sign++) {
      const word = words[index[sign]!]!;
      const at = base + index[sign]! * 4;
      if (holdsAtSign(word)) this.#noteAtSigns(at);
      if (!holdsDigit(word)) continue;
      if (at > zoneEnd + ZONE_GAP) {
        this.#endZone(zoneEnd);
        this.digitZones.add(at, at);
      }
      zoneEnd = at + 4;
    }
    this.#endZone(zoneEnd);
  }

  #endZone(end: number): void {
    const { count, what } = this.digitZones;
    if (count > 0) what[count - 1] = end;
    this.#zoneEnd = end;
  }

  #collectHits(table: LiteralTable<unknown>, places: PlaceList, words: Int32Array, base: number): void {
    const { index, count } = hits;
    const { bytesBehind } = table;
    for (let hit = 0; hit < count; hit++) {
      const at = index[hit]!;
      const word = words[at]! | ANY_CASE;
      const across = (words[at]! >>> 16) | (words[at + 1]! << 16) | ANY_CASE;
      if (isWindow(bytesBehind, word)) this.#collect(table, places, word, base + at * 4);
      if (isWindow(bytesBehind, across)) this.#collect(table, places, across, base + at * 4 + 2);
    }
  }

  #collect(table: LiteralTable<unknown>, places: PlaceList, word: number, windowAt: number): void {
    const { firstEntry, entries } = table;
    const bytes = this.#bytes;
    for (let entry = firstEntry[listOfFour(word)]!; entry !== 0; entry = entries[entry + NEXT]!) {
      if (entries[entry + VALUE] === word && endsAlike(entries[entry + LAST]!, bytes, windowAt)) {
        this.#verify(table, places, entry, windowAt);
      }
    }
    for (let entry = firstEntry[listOfMiddle(word)]!; entry !== 0; entry = entries[entry + NEXT]!) {
      const isAlike = (word & entries[entry + MASK]!) === entries[entry + VALUE];
      if (isAlike && endsAlike(entries[entry + LAST]!, bytes, windowAt)) this.#verify(table, places, entry, windowAt);
    }
  }

  #verify({ needles, entries }: LiteralTable<unknown>, places: PlaceList, entry: number, windowAt: number): void {
    const needle = entries[entry + NEEDLE]!;
    const at = windowAt - entries[entry + OFFSET]!;
    if (needles.standsAt(needle, this.#bytes, at)) places.add(at - needles.leadOf(needle), needle);
  }

  #noteAtSigns(from: number): void {
    for (let at = from; at < from + 4; at++) if (this.#bytes[at] === AT_SIGN) this.atSigns.add(at, AT_SIGN);
  }
}

type Sought = "needles" | "signs";

// Of so many bytes, one or more is near a digit.
const FULL_OF_DIGITS = 4;

// Digits that are nearer than that are looked at in one go.
const ZONE_GAP = 32;

// The first digit is far from it.
const NO_ZONE = -1 - ZONE_GAP;

const AT_SIGN = 0x40;

const TAIL_WORDS = 2;

// Of the block that is looked at.
const hits = roomForBlock();
const signed = roomForBlock();

const NO_LITERALS: LiteralTable<never> = literalTable(literalArrays(new NeedleList()), []);
const NOTHING: readonly ByteRange[] = [];

/** By second table. */
const ofBoth = new WeakMap<LiteralTable<unknown>, Int32Array>();

/** What windows of either table have behind their grams. Tables are made once, and always the same go together. */
function bytesBehindOfBoth(one: LiteralTable<unknown>, second: LiteralTable<unknown>): Int32Array {
  const known = ofBoth.get(second);
  if (known !== undefined) return known;
  const both = one.bytesBehind.map((behind, hash) => behind | second.bytesBehind[hash]!);
  ofBoth.set(second, both);
  return both;
}

const NO_BYTES = new Uint8Array(0);
const NO_WORDS = new Int32Array(0);

/** True when the byte where a needle under the window would end is its last one, cases fallen together. */
function endsAlike(last: number, bytes: Uint8Array, windowAt: number): boolean {
  const at = windowAt + (last >> 8);
  return at < bytes.length && (bytes[at]! | CASE_BIT) === (last & 0xff);
}

const CASE_BIT = 0x20;

/** The bytes from there on as a word, which ends in zeros where they end. */
function wordFrom(bytes: Uint8Array, from: number): number {
  let word = 0;
  for (let at = from, shift = 0; at < bytes.length && shift < 32; at++, shift += 8) word |= bytes[at]! << shift;
  return word;
}
