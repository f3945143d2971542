import type { CompiledCustomRule, LinearRule } from "./custom-rule.ts";
import type { Anchor, Detector } from "./detector.ts";
import type { EntityType } from "./entity-type.ts";
import type { Direction, Finding } from "./finding.ts";
import { buildLiteralTable, type LiteralTable, type Needle, needlesFor } from "./literal-table.ts";
import { compileRule, demand, MATCH_LENGTH_MAX, type Rule } from "./rule.ts";
import { buildStartFilters, type StartFilter } from "./start-filter.ts";

/** All rules as the tables of one scan. */
export interface CompiledDetectors {
  readonly detectors: readonly Detector<EntityType>[];
  readonly rules: readonly Rule[];
  /** The literals of the rules that are on in a direction. */
  readonly literals: (direction: Direction) => LiteralTable<LiteralRule>;
  readonly digits: DigitAnchor;
  readonly atSign: AtSignAnchor;
  /** Rules without an anchor: every place of a text is looked at. */
  readonly unanchored: readonly StartFilter[];
  /** All filters, of whatever anchor, by index. */
  readonly filters: readonly StartFilter[];
  /** By direction and filter, as bits: the rules that are on. */
  readonly rulesOn: Readonly<Record<Direction, Int32Array>>;
  /** A shorter number is nothing that any rule matches. */
  readonly numberLengthMin: number;
  /** By start, the longer first; of the same span the surer first, and among equals in the order of the rules. */
  readonly inOrder: (a: Placed, b: Placed) => number;
  /** An operator's rules that only the linear matcher may run. */
  readonly linear: readonly LinearRule[];
}

export type Placed = Pick<Finding, "start" | "end" | "confidence" | "ruleId">;

/** A literal of a rule, and where a match may start relative to the literal. */
export interface LiteralRule {
  readonly rule: Rule;
  readonly filter: StartFilter;
  readonly bit: number;
  readonly from: number;
  readonly to: number;
}

/** The rules whose matches hold a run of digits. */
export interface DigitAnchor {
  /** Shorter runs concern no rule. */
  readonly runMin: number;
  /** By length of a run, the last entry for all longer ones: how far before it a match may start. */
  readonly leadByRun: readonly number[];
  readonly filters: readonly StartFilter[];
}

/** The rules whose matches hold an `@`. */
export interface AtSignAnchor {
  readonly lead: number;
  readonly filters: readonly StartFilter[];
}

/** Throws `CONFIG_INVALID`, naming the rule, when a rule is not bounded, not local or has no usable anchor. */
export function compileDetectors(
  detectors: readonly Detector<EntityType>[],
  customRules: readonly CompiledCustomRule[] = [],
): CompiledDetectors {
  const rules: Rule[] = [];
  const compile = (detector: Detector<EntityType>, anchor: Anchor | null) => {
    const rule = compileRule(detector, rules.length);
    rules.push(rule);
    return { rule, anchor };
  };
  const anchored: MaybeAnchored[] = detectors.map((detector) => compile(detector, detector.anchor));
  const linear: LinearRule[] = [];
  for (const custom of customRules) {
    if (custom.kind === "linear") linear.push(custom);
    else anchored.push(compile(custom.detector, custom.kind === "anchored" ? custom.detector.anchor : null));
  }

  const filters: StartFilter[] = [];
  const filtersOf = (some: readonly MaybeAnchored[]): StartFilter[] => {
    const rulesOfSome = some.map(({ rule }) => rule);
    const built = buildStartFilters(rulesOfSome, filters.length);
    filters.push(...built);
    return built;
  };
  const byLiteral = anchored.filter(hasLiterals);
  const byDigits = anchored.filter(hasDigits);
  const byAtSign = anchored.filter(hasAtSign);
  const unanchored = anchored.filter(({ anchor }) => anchor === null);
  const needles = needlesOf(byLiteral, filtersOf(byLiteral));
  return {
    detectors: [...detectors],
    rules,
    literals: literalTables(needles),
    digits: { ...digitLeads(byDigits), filters: filtersOf(byDigits) },
    atSign: { lead: Math.max(0, ...byAtSign.map(({ anchor }) => anchor.lead)), filters: filtersOf(byAtSign) },
    unanchored: filtersOf(unanchored),
    filters,
    rulesOn: { request: rulesOn(filters, "request"), response: rulesOn(filters, "response") },
    numberLengthMin: linear.length > 0 ? 1 : Math.min(...rules.map(lengthMinOfNumber)),
    inOrder: findingOrder([...rules, ...linear].map(({ id }) => id)),
    linear,
  };
}

function findingOrder(ruleIds: readonly string[]): CompiledDetectors["inOrder"] {
  const rank = new Map(ruleIds.map((id, index) => [id, index]));
  return (a, b) =>
    a.start - b.start || b.end - a.end || b.confidence - a.confidence || rank.get(a.ruleId)! - rank.get(b.ruleId)!;
}

type Anchored<Kind extends Anchor["kind"]> = { readonly rule: Rule; readonly anchor: Extract<Anchor, { kind: Kind }> };
type MaybeAnchored = { readonly rule: Rule; readonly anchor: Anchor | null };

function hasLiterals(one: MaybeAnchored): one is Anchored<"literal" | "keyed"> {
  return one.anchor?.kind === "literal" || one.anchor?.kind === "keyed";
}

function hasDigits(one: MaybeAnchored): one is Anchored<"digits"> {
  return one.anchor?.kind === "digits";
}

function hasAtSign(one: MaybeAnchored): one is Anchored<"at-sign"> {
  return one.anchor?.kind === "at-sign";
}

function needlesOf(
  anchored: readonly Anchored<"literal" | "keyed">[],
  filters: readonly StartFilter[],
): Needle<LiteralRule>[] {
  return anchored.flatMap(({ rule, anchor }) => {
    const filter = filters.find(({ rules }) => rules.includes(rule))!;
    const keyed = anchor.kind === "keyed";
    const literals = keyed ? anchor.names : anchor.literals;
    demand(literals.length > 0, rule.id, "its anchor lists no literal");
    const starts = keyed ? keyedStarts(anchor, rule) : { from: -(anchor.lead ?? 0), to: 0 };
    const owner: LiteralRule = { rule, filter, bit: 1 << filter.rules.indexOf(rule), ...starts };
    return literals.flatMap((literal) => {
      const needles = needlesFor<LiteralRule>(literal, keyed || anchor.ignoreCase === true, owner);
      demand(needles.length > 0, rule.id, "a literal of its anchor has no two characters that JSON never escapes");
      return needles;
    });
  });
}

/** A value stands at most `reach` after its name, and a match starts where the pattern says before the value. */
function keyedStarts(anchor: Extract<Anchor, { kind: "keyed" }>, rule: Rule): { from: number; to: number } {
  const names = new Set(anchor.names.map((name) => name.toLowerCase()));
  const opensWithName = rule.openings?.every((opening) => names.has(opening.toLowerCase())) ?? false;
  if (opensWithName) return { from: 0, to: 0 };
  const nameLengthMax = Math.max(...anchor.names.map((name) => name.length));
  const { min, max } = rule.shape.valueOffset;
  demand(nameLengthMax + anchor.reach <= MATCH_LENGTH_MAX, rule.id, "its anchor reaches too far");
  return { from: -max, to: nameLengthMax + anchor.reach - min };
}

function digitLeads(anchored: readonly Anchored<"digits">[]): Pick<DigitAnchor, "runMin" | "leadByRun"> {
  for (const { rule, anchor } of anchored) demand(anchor.run > 0, rule.id, "its anchor is a run of no digits");
  const runs = anchored.map(({ anchor }) => anchor.run);
  const leadByRun = Array.from({ length: Math.max(0, ...runs) + 1 }, (_, length) => {
    const leads = anchored.filter(({ anchor }) => anchor.run <= length).map(({ anchor }) => anchor.lead ?? 0);
    return Math.max(0, ...leads);
  });
  return { runMin: Math.min(...runs), leadByRun };
}

/** A table for each direction, built when the first text of that direction comes. */
function literalTables(needles: readonly Needle<LiteralRule>[]): (direction: Direction) => LiteralTable<LiteralRule> {
  const tables: Partial<Record<Direction, LiteralTable<LiteralRule>>> = {};
  return (direction) =>
    (tables[direction] ??= buildLiteralTable(needles.filter(({ owner }) => isOn(owner.rule, direction))));
}

function rulesOn(filters: readonly StartFilter[], direction: Direction): Int32Array {
  return Int32Array.from(filters, ({ rules }) =>
    rules.reduce((bits, rule, at) => bits | (isOn(rule, direction) ? 1 << at : 0), 0),
  );
}

function isOn(rule: Rule, direction: Direction): boolean {
  return rule.direction === null || rule.direction === direction;
}

/** The fewest characters of a number in JSON that the rule could match; Infinity when it matches none. */
function lengthMinOfNumber({ shape }: Rule): number {
  return NUMBER_CODES.some((code) => shape.first[code] === 1) ? shape.minLength : Number.POSITIVE_INFINITY;
}

const NUMBER_CODES = Array.from("0123456789.eE+-", (character) => character.charCodeAt(0));
