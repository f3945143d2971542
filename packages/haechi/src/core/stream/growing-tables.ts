import type { Direction } from "../detect/finding.ts";
import type { CompiledDetectors } from "../detect/rules/compile.ts";
import { LiteralAnchor } from "../detect/rules/literal-anchor.ts";
import type { Rule } from "../detect/rules/rule.ts";
import { StartAutomaton } from "../detect/tables/start-automaton.ts";
import { LiteralTrie, type TrieLiteral } from "./literal-trie.ts";

/**
 * Where the rules that are on in one direction may match in a text that is read as it
 * comes. All growing texts share them.
 */
export interface GrowingTables {
  /**
   * The literals with which rules begin, and the names of keyed ones, which begin with
   * their name or behind it.
   */
  readonly literals: LiteralTrie<LiteralAnchor>;
  /** The rules of which a match may begin before its anchor. */
  readonly others: readonly StartAutomaton[];
  /** How many characters before a start some rule looks at. */
  readonly lookBack: number;
}

export function growingTables(compiled: CompiledDetectors, direction: Direction): GrowingTables {
  const tables = made.get(compiled) ?? {};
  made.set(compiled, tables);
  tables[direction] ??= makeTables(compiled, direction);
  return tables[direction];
}

const made = new WeakMap<CompiledDetectors, Partial<Record<Direction, GrowingTables>>>();

function makeTables(compiled: CompiledDetectors, direction: Direction): GrowingTables {
  const rules = compiled.rules.filter((rule) => rule.isOn(direction));
  const byKind = Map.groupBy(rules, ({ detector }) => (beginsBefore(detector) ? detector.anchor.kind : "literals"));
  const literals = byKind.get("literals") ?? [];
  byKind.delete("literals");
  return {
    literals: new LiteralTrie(literals.flatMap(literalsOf)),
    others: Array.from(byKind.values(), (others) => new StartAutomaton(others)),
    lookBack: Math.max(LOOK_BACK_MIN, ...rules.map(lookBackOf)),
  };
}

function literalsOf(rule: Rule): TrieLiteral<LiteralAnchor>[] {
  const { anchor } = rule.detector;
  if (anchor.kind !== "literal" && anchor.kind !== "keyed") return [];
  const owner = new LiteralAnchor(rule, anchor);
  const ignoreCase = anchor.kind === "keyed" || anchor.ignoreCase === true;
  const literals = anchor.kind === "keyed" ? anchor.names : anchor.literals;
  return literals.map((literal) => ({ literal, ignoreCase, owner }));
}

/**
 * True when a match may begin before what anchors it. An anchor counts from the group
 * `value` when there is one. Rules without an anchor list no literal.
 */
function beginsBefore({ anchor, pattern }: Rule["detector"]): boolean {
  if (anchor.kind === "keyed") return false;
  return anchor.kind !== "literal" || (anchor.lead ?? 0) > 0 || pattern.source.includes("(?<value>");
}

// Folding looks at the characters before, and an operator's own rules may too.
const LOOK_BACK_MIN = 80;

function lookBackOf({ detector: { anchor, context } }: Rule): number {
  const reach = context?.reach ?? 0;
  if (anchor.kind !== "keyed") return reach;
  // Of what its pattern looks behind at, the name is the farthest, but for what stands before that.
  return Math.max(reach, anchor.reach + Math.max(...anchor.names.map(({ length }) => length)) + BEFORE_NAME);
}

const BEFORE_NAME = 16;
