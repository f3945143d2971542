import { Anchors } from "./anchors.ts";
import type { LabelTable } from "./label-table.ts";

/**
 * Where, in bytes that are read from front to back and only as far as somebody asks,
 * the words last stood that rules require. A rule is spared its pattern at all places
 * that none of its words is near.
 */
export class LabelPlaces {
  /** By rule: where the last of its words begins, within the word; before 0 when none has come. */
  readonly last: Int32Array;
  readonly #table: () => LabelTable;
  readonly #words = new Anchors<number>();
  #bytes: Uint8Array = NO_BYTES;
  /** Every word that begins before it has been looked for. */
  #soughtTo = 0;
  /** Where the bytes begin in which words were last looked for, and how many of those found have been noted. */
  #soughtFrom = 0;
  #noted = 0;

  constructor(table: () => LabelTable, rules: number) {
    this.#table = table;
    this.last = new Int32Array(rules);
  }

  open(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#soughtTo = 0;
    this.#noted = 0;
    this.#words.clear();
  }

  /** True when all the words of the rule are looked for. */
  canBeSeen(rule: number): boolean {
    return this.#table().labelled[rule] === 1;
  }

  /** Notes the words that begin between the two places; what stands before them has been asked for or is passed over. */
  noteWords(from: number, to: number): void {
    // The bytes of most texts are never asked for.
    if (this.#soughtTo === 0) this.last.fill(NOWHERE);
    for (;;) {
      this.#noteSought(to);
      if (this.#soughtTo >= to) return;
      this.#seek(Math.max(from, this.#soughtTo), to);
    }
  }

  #noteSought(to: number): void {
    const { at, what, count } = this.#words.literals;
    const { needles } = this.#table().words;
    for (; this.#noted < count; this.#noted++) {
      const { owners, lead } = needles[what[this.#noted]!]!;
      const place = this.#soughtFrom + at[this.#noted]!;
      if (place >= to) return;
      for (const rule of owners) this.last[rule] = place + lead;
    }
  }

  #seek(from: number, to: number): void {
    const { words, lengthMax } = this.#table();
    const bytes = this.#bytes;
    // Whole words are read fastest where they are aligned.
    this.#soughtFrom = Math.max(0, from - ((bytes.byteOffset + from) % 4));
    const past = Math.min(bytes.length, Math.max(to, this.#soughtFrom + BYTES_AT_ONCE) + lengthMax);
    this.#words.find(bytes.subarray(this.#soughtFrom, past), words, Number.POSITIVE_INFINITY);
    this.#soughtTo = past === bytes.length ? past : past - lengthMax;
    this.#noted = 0;
  }
}

const NO_BYTES = new Uint8Array(0);
const NOWHERE = -1;

// Each time has a cost of its own, and few words are asked for at once.
const BYTES_AT_ONCE = 4096;
