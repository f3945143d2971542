import type { Anchor } from "../detector.ts";
import { StartAutomaton } from "../tables/start-automaton.ts";
import type { Rule } from "./rule.ts";

/** A rule that is tried where one of its literals stands; what that takes is made when the first one is met. */
export class LiteralAnchor {
  readonly rule: Rule;
  readonly isKeyed: boolean;
  readonly #anchor: Extract<Anchor, { kind: "literal" | "keyed" }>;
  #starts: StartAutomaton | null = null;
  #span: { readonly from: number; readonly to: number } | null = null;

  constructor(rule: Rule, anchor: Extract<Anchor, { kind: "literal" | "keyed" }>) {
    this.rule = rule;
    this.isKeyed = anchor.kind === "keyed";
    this.#anchor = anchor;
  }

  get starts(): StartAutomaton {
    this.#starts ??= new StartAutomaton([this.rule]);
    return this.#starts;
  }

  /** From where to where a match may start, in characters from the beginning of a literal. */
  get span(): { readonly from: number; readonly to: number } {
    const anchor = this.#anchor;
    this.#span ??= anchor.kind === "keyed" ? keyedSpan(this.rule, anchor) : literalSpan(this.rule, anchor);
    return this.#span;
  }
}

/** An anchor counts from the group `value` when there is one, and a match may start before it. */
function literalSpan(rule: Rule, { lead = 0 }: Extract<Anchor, { kind: "literal" }>): { from: number; to: number } {
  return { from: -(lead + rule.prefixLengthMax), to: 0 };
}

/** A value stands at most `reach` after its name, and a match starts where the pattern says before the value. */
function keyedSpan(rule: Rule, anchor: Extract<Anchor, { kind: "keyed" }>): { from: number; to: number } {
  const names = new Set(anchor.names.map((name) => name.toLowerCase()));
  if (rule.openings?.every((opening) => beginsWithOne(opening.toLowerCase(), names))) return { from: 0, to: 0 };
  const nameLengthMax = Math.max(...anchor.names.map((name) => name.length));
  const { min, max } = rule.shape.valueOffset;
  return { from: -max, to: nameLengthMax + anchor.reach - min };
}

function beginsWithOne(opening: string, names: ReadonlySet<string>): boolean {
  for (let length = 1; length <= opening.length; length++) if (names.has(opening.slice(0, length))) return true;
  return false;
}
