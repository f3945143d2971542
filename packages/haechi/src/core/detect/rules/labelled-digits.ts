import { StartAutomaton } from "../tables/start-automaton.ts";
import { type DigitRule, leadsByRun } from "./digit-rule.ts";

/**
 * The rules anchored by digits that find nothing but near certain words. Texts hold the
 * words of few of them, so the pattern of a rule is read when one of its words is met.
 */
export class LabelledDigits {
  readonly #met: DigitRule[] = [];
  readonly #isMet = new Set<DigitRule>();
  #leadByRun: readonly number[] | null = null;
  /** Of the rules whose words have been met. */
  readonly starts = new StartAutomaton([]);
  /** How many characters behind the beginning of a match of theirs a word may stand. */
  ahead = 0;
  /** How many characters before a match of theirs a word may stand. */
  behind = 0;

  /** By length of a run, the last entry for all longer ones: how far before it a match of theirs may start. */
  get leadByRun(): readonly number[] {
    this.#leadByRun ??= leadsByRun(this.#met);
    return this.#leadByRun;
  }

  /** A word of the rules has been met. */
  meet(owners: readonly DigitRule[]): void {
    const fresh = owners.filter((one) => !this.#isMet.has(one));
    if (fresh.length === 0) return;
    for (const one of fresh) {
      const { shape, context } = one.rule;
      this.#isMet.add(one);
      this.#met.push(one);
      this.ahead = Math.max(this.ahead, shape.maxLength + context!.reach);
      this.behind = Math.max(this.behind, context!.reach);
    }
    this.#leadByRun = null;
    this.starts.add(fresh.map(({ rule }) => rule));
  }
}
