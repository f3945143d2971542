import type { PlaceList } from "./anchors.ts";
import type { ScanTables } from "./compile.ts";
import type { DigitRule } from "./digit-rule.ts";

/**
 * Where, in bytes that are read from front to back, the words last stood that labelled
 * rules require. A rule is spared its pattern at all places that none of its words is near.
 */
export class LabelPlaces {
  /** By rule: where the last of its words begins, or a little before; before 0 when none has come. */
  readonly #last: Int32Array;
  /** Where the literals stand in the bytes, words among them. */
  #literals: PlaceList | null = null;
  #tables: ScanTables | null = null;
  /** How many of the literals have been noted; before 0 while nobody has asked. */
  #noted = UNREAD;
  #lastOfAny = NOWHERE;

  constructor(rules: number) {
    this.#last = new Int32Array(rules);
  }

  open(literals: PlaceList, tables: ScanTables): void {
    this.#literals = literals;
    this.#tables = tables;
    this.#noted = UNREAD;
  }

  /** True when words stand between the two places; what stands before them is passed over. */
  standBetween(from: number, to: number): boolean {
    // The literals of most texts are never asked for.
    if (this.#noted === UNREAD) this.#meetAll();
    this.noteTo(from);
    const { at, count } = this.#literals!;
    for (; this.#noted < count && at[this.#noted]! < to; this.#noted++) {
      if (this.#labelledAt(this.#noted).length > 0) return true;
    }
    return false;
  }

  /** Notes the words that begin before the place. */
  noteTo(place: number): void {
    const { at, count } = this.#literals!;
    for (; this.#noted < count && at[this.#noted]! < place; this.#noted++) this.#note(this.#noted);
  }

  /** Where the last word begins that has been noted: of any rule, and of the rule with the index. */
  get lastOfAny(): number {
    return this.#lastOfAny;
  }

  lastOf(rule: number): number {
    return this.#last[rule]!;
  }

  #note(literal: number): void {
    const labelled = this.#labelledAt(literal);
    if (labelled.length === 0) return;
    const place = this.#literals!.at[literal]!;
    for (const { rule } of labelled) this.#last[rule.index] = place;
    this.#lastOfAny = place;
  }

  #labelledAt(literal: number): readonly DigitRule[] {
    return this.#tables!.owners.of(this.#literals!.what[literal]!).labelled;
  }

  #meetAll(): void {
    this.#last.fill(NOWHERE);
    this.#lastOfAny = NOWHERE;
    this.#noted = 0;
    const { labelled } = this.#tables!.digits;
    for (let literal = 0; literal < this.#literals!.count; literal++) labelled.meet(this.#labelledAt(literal));
  }
}

const UNREAD = -1;
const NOWHERE = -1;
