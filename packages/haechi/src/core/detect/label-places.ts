import { Anchors } from "./anchors.ts";
import type { DigitRule } from "./digit-rule.ts";
import type { Direction } from "./finding.ts";
import type { LabelledDigits } from "./labelled-digits.ts";
import type { LiteralTable } from "./literal-table.ts";

/**
 * Where, in stretches that are read from front to back, the words last stood that labelled
 * rules require. A rule is spared its pattern at all places that none of its words is near.
 */
export class LabelPlaces {
  /** Of the stretch that was read last. */
  readonly #words = new Anchors<DigitRule>();
  /** By rule: where the last of its words begins, or a little before; before 0 when none has come. */
  readonly #last: Int32Array;
  #table: LiteralTable<DigitRule> | null = null;
  #direction: Direction = "request";
  /** How many of the words have been noted. */
  #noted = 0;
  #lastOfAny = NOWHERE;

  constructor(rules: number) {
    this.#last = new Int32Array(rules);
  }

  open(bytes: Uint8Array, table: LiteralTable<DigitRule>, direction: Direction): void {
    this.#table = table;
    this.#direction = direction;
    this.#words.open(bytes, table);
    this.#last.fill(NOWHERE);
    this.#lastOfAny = NOWHERE;
  }

  /** Forgets the bytes. */
  close(): void {
    this.#words.close();
  }

  /** Reads the words of a stretch behind the last one, of which the rules are met. True when there are any. */
  read(start: number, end: number, labelled: LabelledDigits): boolean {
    this.#words.literals.clear();
    this.#noted = 0;
    this.#words.findBetween(start, end);
    const { count } = this.#words.literals;
    for (let word = 0; word < count; word++) labelled.meet(this.#ownersOf(word));
    return count > 0;
  }

  /** True for one of the places where words of the stretch begin, or a little before. */
  some(isIt: (place: number) => boolean): boolean {
    const { at, count } = this.#words.literals;
    for (let word = 0; word < count; word++) if (isIt(at[word]!)) return true;
    return false;
  }

  /** True when a word of the stretch begins between the two places. */
  standBetween(from: number, to: number): boolean {
    const { at, count } = this.#words.literals;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (at[middle]! < from) low = middle + 1;
      else high = middle;
    }
    return low < count && at[low]! < to;
  }

  /** Notes the words that begin before the place. */
  noteTo(place: number): void {
    const { at, count } = this.#words.literals;
    for (; this.#noted < count && at[this.#noted]! < place; this.#noted++) {
      for (const { rule } of this.#ownersOf(this.#noted)) this.#last[rule.index] = at[this.#noted]!;
      this.#lastOfAny = at[this.#noted]!;
    }
  }

  /** Where the last word begins that has been noted: of any rule, and of the rule with the index. */
  get lastOfAny(): number {
    return this.#lastOfAny;
  }

  lastOf(rule: number): number {
    return this.#last[rule]!;
  }

  #ownersOf(word: number): readonly DigitRule[] {
    const owners = this.#table!.needles.ownersOf(this.#words.literals.what[word]!);
    const isOn = ({ rule }: DigitRule) => rule.isOn(this.#direction);
    return owners.every(isOn) ? owners : owners.filter(isOn);
  }
}

const NOWHERE = -1;
