import type { Direction } from "../finding.ts";
import { type DigitRule, leadsByRun, NO_START } from "../rules/digit-rule.ts";
import type { LabelledDigits } from "../rules/labelled-digits.ts";
import type { LiteralTable } from "../tables/literal-table.ts";
import { Anchors } from "./anchors.ts";
import type { PlaceList } from "./place-list.ts";

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
  /** The words of all stretches, when they are known, and the first that stands in the stretch or behind it. */
  #known: PlaceList | null = null;
  #nextKnown = 0;
  #direction: Direction = "request";
  /** How many of the words have been noted. */
  #noted = 0;
  /** The first word that a run may be near; runs are asked for as they rise. */
  #nearby = 0;
  /** The rules that have met their words. */
  #labelled: LabelledDigits | null = null;
  /** By needle that has been met, and by word of the stretch: how far before a run a match of one of its rules may start, by the length of the run. */
  readonly #leadsOfMet = new Map<number, readonly number[]>();
  readonly #leads: (readonly number[])[] = [];

  constructor(rules: number) {
    this.#last = new Int32Array(rules);
  }

  /** @param known the words of all stretches that follow, when they have been looked for */
  open(bytes: Uint8Array, table: LiteralTable<DigitRule>, direction: Direction, known: PlaceList | null): void {
    this.#table = table;
    this.#direction = direction;
    this.#known = known;
    this.#nextKnown = 0;
    this.#words.open(bytes, table);
    this.#last.fill(NOWHERE);
  }

  /** Forgets the bytes. */
  close(): void {
    this.#known = null;
    this.#words.close();
  }

  /** Reads the words of a stretch behind the last one, of which the rules are met. True when there are any. */
  read(start: number, end: number, labelled: LabelledDigits): boolean {
    this.#words.literals.clear();
    this.#noted = 0;
    this.#nearby = 0;
    if (this.#known === null) this.#words.findBetween(start, end);
    else this.#takeKnown(this.#known, start, end);
    const { what, count } = this.#words.literals;
    this.#leads.length = 0;
    if (this.#labelled !== labelled) this.#leadsOfMet.clear();
    this.#labelled = labelled;
    for (let word = 0; word < count; word++) this.#leads[word] = this.#leadsOfMet.get(what[word]!) ?? this.#meet(word);
    return count > 0;
  }

  #meet(word: number): readonly number[] {
    const owners = this.#ownersOf(word);
    this.#labelled!.meet(owners);
    const leads = leadsByRun(owners);
    this.#leadsOfMet.set(this.#words.literals.what[word]!, leads);
    return leads;
  }

  #takeKnown({ at, what, count }: PlaceList, start: number, end: number): void {
    while (this.#nextKnown < count && at[this.#nextKnown]! < start) this.#nextKnown++;
    for (; this.#nextKnown < count && at[this.#nextKnown]! < end; this.#nextKnown++) {
      this.#words.literals.add(at[this.#nextKnown]!, what[this.#nextKnown]!);
    }
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

  /**
   * How far before a run of the length a match may start of a rule that has a word between the two
   * places, which never fall; `NO_START` when there is no such rule, or the run is too short for all of them.
   */
  leadNear(from: number, to: number, length: number): number {
    const { at, count } = this.#words.literals;
    while (this.#nearby < count && at[this.#nearby]! < from) this.#nearby++;
    let lead = NO_START;
    for (let word = this.#nearby; word < count && at[word]! < to; word++) {
      const leads = this.#leads[word]!;
      lead = Math.max(lead, leads[Math.min(length, leads.length - 1)]!);
    }
    return lead;
  }

  /** Notes the words that begin before the place. */
  noteTo(place: number): void {
    const { at, count } = this.#words.literals;
    for (; this.#noted < count && at[this.#noted]! < place; this.#noted++) {
      for (const { rule } of this.#ownersOf(this.#noted)) this.#last[rule.index] = at[this.#noted]!;
    }
  }

  /** Where the last word of the rule begins that has been noted. */
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
