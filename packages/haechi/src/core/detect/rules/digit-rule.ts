import type { Anchor } from "../detector.ts";
import type { Rule } from "./rule.ts";

/** A rule whose matches hold a run of digits. */
export interface DigitRule {
  readonly rule: Rule;
  readonly anchor: Extract<Anchor, { kind: "digits" }>;
}

/** By length of a run, the last entry for all longer ones: how far before it a match of one of the rules may start. */
export function leadsByRun(rules: readonly DigitRule[]): number[] {
  // An anchor counts from the group `value` when there is one, and a match may start before it.
  const leads = rules.map(({ rule, anchor }) => ({ run: anchor.run, lead: (anchor.lead ?? 0) + rule.prefixLengthMax }));
  return Array.from({ length: Math.max(0, ...leads.map(({ run }) => run)) + 1 }, (_, length) =>
    Math.max(NO_START, ...leads.filter(({ run }) => run <= length).map(({ lead }) => lead)),
  );
}

/** The lead of runs that are too short for every rule. */
export const NO_START = -1;
