import type { Direction } from "../finding.ts";
import type { LiteralTable } from "../tables/literal-table.ts";
import { StartAutomaton } from "../tables/start-automaton.ts";
import type { LiteralAnchor } from "./literal-anchor.ts";
import type { Rule } from "./rule.ts";

/** What is to be done where a needle stands, in one direction. */
export interface NeedleOwners {
  /** Rules of which the needle is a name. */
  readonly keyed: readonly Rule[];
  /** Of the rules whose matches begin where the needle does. */
  readonly opening: StartAutomaton | null;
  /** Rules whose matches begin elsewhere. */
  readonly apart: readonly LiteralAnchor[];
}

/** The owners of each needle, sorted when the needle is first met: few ever are. */
export class OwnersByNeedle {
  readonly #table: LiteralTable<LiteralAnchor>;
  readonly #direction: Direction;
  readonly #owners: (NeedleOwners | undefined)[] = [];
  /** By the indexes of the rules: many needles have the same. */
  readonly #openings = new Map<string, StartAutomaton>();

  constructor(table: LiteralTable<LiteralAnchor>, direction: Direction) {
    this.#table = table;
    this.#direction = direction;
  }

  of(needle: number): NeedleOwners {
    this.#owners[needle] ??= this.#sorted(needle);
    return this.#owners[needle];
  }

  #sorted(needle: number): NeedleOwners {
    const { needles } = this.#table;
    const lead = needles.leadOf(needle);
    const anchors = needles.ownersOf(needle).filter(({ rule }) => rule.isOn(this.#direction));
    const opens = ({ span }: LiteralAnchor) => lead === 0 && span.from === 0 && span.to === 0;
    return {
      keyed: anchors.filter(({ isKeyed }) => isKeyed).map(({ rule }) => rule),
      opening: this.#openingOf(anchors.filter(opens).map(({ rule }) => rule)),
      apart: anchors.filter((anchor) => !opens(anchor)),
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
