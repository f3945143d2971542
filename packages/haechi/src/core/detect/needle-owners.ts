import type { DigitRule } from "./digit-rule.ts";
import type { Direction } from "./finding.ts";
import { LiteralAnchor } from "./literal-anchor.ts";
import type { LiteralTable } from "./literal-table.ts";
import type { Rule } from "./rule.ts";
import { StartAutomaton } from "./start-automaton.ts";

/** Whom a literal is looked for: a rule that is tried where it stands, or one that counts near it. */
export type LiteralOwner = LiteralAnchor | DigitRule;

/** What is to be done where a needle stands, in one direction. */
export interface NeedleOwners {
  /** Rules of which the needle is a name. */
  readonly keyed: readonly Rule[];
  /** Of the rules whose matches begin where the needle does. */
  readonly opening: StartAutomaton | null;
  /** Rules whose matches begin elsewhere. */
  readonly apart: readonly LiteralAnchor[];
  /** Rules that find something near the needle only. */
  readonly labelled: readonly DigitRule[];
}

/** The owners of each needle, sorted when the needle is first met: few ever are. */
export class OwnersByNeedle {
  readonly #table: LiteralTable<LiteralOwner>;
  readonly #direction: Direction;
  readonly #owners: (NeedleOwners | undefined)[] = [];
  /** By the indexes of the rules: many needles have the same. */
  readonly #openings = new Map<string, StartAutomaton>();

  constructor(table: LiteralTable<LiteralOwner>, direction: Direction) {
    this.#table = table;
    this.#direction = direction;
  }

  of(needle: number): NeedleOwners {
    this.#owners[needle] ??= this.#sorted(needle);
    return this.#owners[needle];
  }

  #sorted(needle: number): NeedleOwners {
    const { owners, lead } = this.#table.needles[needle]!;
    const on = owners.filter(({ rule }) => rule.isOn(this.#direction));
    const anchors = on.filter((owner) => owner instanceof LiteralAnchor);
    const opens = ({ span }: LiteralAnchor) => lead === 0 && span.from === 0 && span.to === 0;
    return {
      keyed: anchors.filter(({ isKeyed }) => isKeyed).map(({ rule }) => rule),
      opening: this.#openingOf(anchors.filter(opens).map(({ rule }) => rule)),
      apart: anchors.filter((anchor) => !opens(anchor)),
      labelled: on.filter((owner): owner is DigitRule => !(owner instanceof LiteralAnchor)),
    };
  }

  #openingOf(rules: readonly Rule[]): StartAutomaton | null {
    if (rules.length === 0) return null;
    const key = rules.map(({ index }) => index).join();
    const opening = this.#openings.get(key) ?? new StartAutomaton(rules);
    this.#openings.set(key, opening);
    return opening;
  }
}
