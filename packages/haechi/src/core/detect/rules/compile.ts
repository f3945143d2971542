import type { Anchor, Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";
import type { Direction, Finding } from "../finding.ts";
import { minLengthOf } from "../patterns/pattern-bounds.ts";
import { type LiteralArrays, type LiteralTable, literalArrays, literalTable } from "../tables/literal-table.ts";
import { NeedleList } from "../tables/needle-list.ts";
import { RollingAutomaton } from "../tables/rolling-automaton.ts";
import { StartAutomaton } from "../tables/start-automaton.ts";
import { checkRule } from "./check-rule.ts";
import type { CompiledCustomRule, LinearRule } from "./custom-rule.ts";
import type { DigitRule } from "./digit-rule.ts";
import { addLabelNeedles } from "./label-needles.ts";
import { LabelledDigits } from "./labelled-digits.ts";
import { LiteralAnchor } from "./literal-anchor.ts";
import { OwnersByNeedle } from "./needle-owners.ts";
import { statesOfOrdinaryTexts } from "./ordinary-numbers.ts";
import type { PreparedTables } from "./prepared-tables.ts";
import { Rule } from "./rule.ts";

/**
 * All rules as the tables of one scan. What a table is made of is known at once; each
 * is made when the first text needs it, and then serves as long as the process lives.
 */
export interface CompiledDetectors {
  readonly detectors: readonly Detector<EntityType>[];
  readonly rules: readonly Rule[];
  readonly tables: (direction: Direction) => ScanTables;
  /** A shorter number is nothing that any rule matches. */
  readonly numberLengthMin: number;
  /** By start, the longer first; of the same span the surer first, and among equals in the order of the rules. */
  readonly inOrder: (a: Placed, b: Placed) => number;
  /** An operator's rules that only the linear matcher may run. */
  readonly linear: readonly LinearRule[];
}

export type Placed = Pick<Finding, "start" | "end" | "confidence" | "ruleId">;

/** Where the rules that are on in one direction may match. */
export interface ScanTables {
  readonly direction: Direction;
  readonly literals: LiteralTable<LiteralAnchor>;
  readonly owners: OwnersByNeedle;
  /** The words of labelled digit rules, of both directions; null when there are none. */
  readonly labels: (() => LiteralTable<DigitRule>) | null;
  readonly digits: DigitAnchor;
  readonly atSign: AtSignAnchor;
  /** Rules without an anchor: every place of a text is looked at. */
  readonly unanchored: StartAutomaton | null;
}

/** The rules whose matches hold a run of digits. */
export interface DigitAnchor {
  /** True when a lone number may be what one of them matches. */
  readonly mayBeLone: boolean;
  /** How many characters before the first digit of a zone a match may start. */
  readonly leadMax: () => number;
  readonly rolling: RollingAutomaton;
  readonly starts: StartAutomaton;
  /** Those that find nothing but near certain words, which are no part of the above. */
  readonly labelled: LabelledDigits;
}

/** The rules whose matches hold an `@`. */
export interface AtSignAnchor {
  readonly lead: () => number;
  readonly starts: StartAutomaton | null;
}

/**
 * The tables for the detectors, which nobody checks here: built-in ones are held to
 * `checkRule` by their tests, an operator's rules when they are read.
 * @param prepared tables of the same detectors; what does not fit, or not with the rules, is made anew
 */
export function compileDetectors(
  detectors: readonly Detector<EntityType>[],
  customRules: readonly CompiledCustomRule[] = [],
  prepared: PreparedTables | null = null,
): CompiledDetectors {
  const fitting = prepared !== null && areSame(detectors, prepared.detectors) ? prepared : null;
  const anchored: Anchored[] = [];
  const add = (detector: Detector<EntityType>, anchor: Anchor | null) => {
    const index = anchored.length;
    const isLabelled = fitting !== null && index < detectors.length ? fitting.isLabelled[index] === 1 : null;
    anchored.push({ rule: new Rule(detector, index, isLabelled), anchor });
  };
  for (const detector of detectors) add(detector, detector.anchor);
  const linear: LinearRule[] = [];
  for (const custom of customRules) {
    if (custom.kind === "linear") linear.push(custom);
    else add(custom.detector, custom.kind === "anchored" ? custom.detector.anchor : null);
  }
  const rules = anchored.map(({ rule }) => rule);
  const added = anchored.slice(detectors.length);
  const ofLiterals = withAnchor(added, "literal", "keyed").length === 0 ? fitting : null;
  const ofDigits = withAnchor(added, "digits").length === 0 ? fitting : null;
  const literals = once(() => tableOfLiterals(withAnchor(anchored, "literal", "keyed"), ofLiterals?.literals));
  const labels = tableOfLabels(withAnchor(anchored, "digits"), ofDigits?.labels);
  const numberLengthMin = once(() =>
    fitting === null
      ? Math.min(...anchored.map(lengthMinOfNumber))
      : Math.min(fitting.numberLengthMin, ...added.map(lengthMinOfNumber)),
  );
  return {
    detectors: [...detectors],
    rules,
    tables: perDirection((direction) => scanTables(anchored, { literals: literals(), labels }, ofDigits, direction)),
    get numberLengthMin() {
      return linear.length > 0 ? 1 : numberLengthMin();
    },
    inOrder: findingOrder([...rules, ...linear].map(({ id }) => id)),
    linear,
  };
}

/** As `compileDetectors`, of detectors that nobody has checked. Throws `CONFIG_INVALID`, naming the rule it refuses. */
export function checkAndCompile(detectors: readonly Detector<EntityType>[]): CompiledDetectors {
  for (const detector of detectors) checkRule(detector);
  return compileDetectors(detectors);
}

interface Anchored<Kind extends Anchor | null = Anchor | null> {
  readonly rule: Rule;
  /** Null when the rule has none, whatever its detector says. */
  readonly anchor: Kind;
}

function withAnchor<Kind extends Anchor["kind"]>(
  anchored: readonly Anchored[],
  ...kinds: readonly Kind[]
): Anchored<Extract<Anchor, { kind: Kind }>>[] {
  const isOfKind = (one: Anchored): one is Anchored<Extract<Anchor, { kind: Kind }>> =>
    one.anchor !== null && kinds.some((kind) => one.anchor!.kind === kind);
  return anchored.filter(isOfKind);
}

/** True when the tables of the detectors are the same: what else they say, such as a direction, is no part of them. */
function areSame(some: readonly Detector<EntityType>[], others: readonly Detector<EntityType>[]): boolean {
  if (some.length !== others.length) return false;
  return some.every((one, index) => {
    const other = others[index]!;
    return (
      one === other || (one.anchor === other.anchor && one.pattern === other.pattern && one.context === other.context)
    );
  });
}

function tableOfLiterals(
  anchored: readonly Anchored<Extract<Anchor, { kind: "literal" | "keyed" }>>[],
  prepared: LiteralArrays | undefined,
): LiteralTable<LiteralAnchor> {
  const arrays = prepared ?? literalArrays(literalNeedles(anchored));
  return literalTable(
    arrays,
    anchored.map(({ rule, anchor }) => new LiteralAnchor(rule, anchor)),
  );
}

function literalNeedles(anchored: readonly Anchored<Extract<Anchor, { kind: "literal" | "keyed" }>>[]): NeedleList {
  const needles = new NeedleList();
  for (const [owner, { anchor }] of anchored.entries()) {
    const ignoreCase = ignoresCase(anchor);
    for (const literal of literalsOf(anchor)) needles.addLiteral(owner, literal, ignoreCase);
  }
  return needles;
}

/** Of both directions: which rules are on in one is asked of what is found. */
function tableOfLabels(
  digits: readonly DigitRule[],
  prepared: LiteralArrays | undefined,
): (() => LiteralTable<DigitRule>) | null {
  const labelled = digits.filter(({ rule }) => rule.isLabelled);
  if (labelled.length === 0) return null;
  return once(() => literalTable(prepared ?? literalArrays(labelNeedles(labelled)), labelled));
}

function labelNeedles(labelled: readonly DigitRule[]): NeedleList {
  const needles = new NeedleList();
  for (const [owner, { rule }] of labelled.entries()) {
    addLabelNeedles(needles, owner, rule.detector.context!.requires!);
  }
  return needles;
}

/** What of the tables for the detectors takes long to make. */
export function prepareTables(detectors: readonly Detector<EntityType>[]): PreparedTables {
  const anchored = detectors.map((detector, index) => ({ rule: new Rule(detector, index), anchor: detector.anchor }));
  const digits = withAnchor(anchored, "digits");
  const free = digits.filter(({ rule }) => !rule.isLabelled);
  return {
    detectors: [...detectors],
    literals: literalArrays(literalNeedles(withAnchor(anchored, "literal", "keyed"))),
    labels: literalArrays(labelNeedles(digits.filter(({ rule }) => rule.isLabelled))),
    isLabelled: Uint8Array.from(anchored, ({ rule }) => Number(rule.isLabelled)),
    numberLengthMin: Math.min(...anchored.map(lengthMinOfNumber)),
    leadMax: leadMaxOf(free),
    rolling: statesOfOrdinaryTexts(new RollingAutomaton(free.map(({ rule }) => rule))),
  };
}

function scanTables(
  all: readonly Anchored[],
  { literals, labels }: Pick<ScanTables, "literals" | "labels">,
  prepared: PreparedTables | null,
  direction: Direction,
): ScanTables {
  const anchored = all.filter(({ rule }) => rule.isOn(direction));
  const atSign = withAnchor(anchored, "at-sign");
  const digits = withAnchor(anchored, "digits");
  return {
    direction,
    literals,
    owners: new OwnersByNeedle(literals, direction),
    labels,
    digits: digitAnchor(digits, digits.length === withAnchor(all, "digits").length ? prepared : null),
    atSign: { lead: once(() => leadMaxOf(atSign)), starts: automatonOf(atSign) },
    unanchored: automatonOf(anchored.filter(({ anchor }) => anchor === null)),
  };
}

function digitAnchor(digits: readonly DigitRule[], prepared: PreparedTables | null): DigitAnchor {
  const free = digits.filter(({ rule }) => !rule.isLabelled);
  const rules = free.map(({ rule }) => rule);
  return {
    mayBeLone: digits.some(({ anchor }) => anchor.lone === true),
    leadMax: once(() => prepared?.leadMax ?? leadMaxOf(free)),
    rolling: new RollingAutomaton(rules, prepared?.rolling),
    starts: new StartAutomaton(rules),
    labelled: new LabelledDigits(),
  };
}

function automatonOf(anchored: readonly Anchored[]): StartAutomaton | null {
  return anchored.length === 0 ? null : new StartAutomaton(anchored.map(({ rule }) => rule));
}

function literalsOf(anchor: Extract<Anchor, { kind: "literal" | "keyed" }>): readonly string[] {
  return anchor.kind === "keyed" ? anchor.names : anchor.literals;
}

function ignoresCase(anchor: Extract<Anchor, { kind: "literal" | "keyed" }>): boolean {
  return anchor.kind === "keyed" || anchor.ignoreCase === true;
}

function leadMaxOf(anchored: readonly Anchored<Extract<Anchor, { kind: "at-sign" | "digits" }>>[]): number {
  return Math.max(0, ...anchored.map(leadOf));
}

/** An anchor counts from the group `value` when there is one, and a match may start before it. */
function leadOf({ rule, anchor }: Anchored<Extract<Anchor, { kind: "at-sign" | "digits" }>>): number {
  return (anchor.lead ?? 0) + rule.prefixLengthMax;
}

function findingOrder(ruleIds: readonly string[]): CompiledDetectors["inOrder"] {
  const rank = new Map(ruleIds.map((id, index) => [id, index]));
  return (a, b) =>
    a.start - b.start || b.end - a.end || b.confidence - a.confidence || rank.get(a.ruleId)! - rank.get(b.ruleId)!;
}

/** The fewest characters of a number in JSON that the rule could match; Infinity when it matches none. */
function lengthMinOfNumber({ rule, anchor }: Anchored): number {
  switch (anchor?.kind) {
    case "digits":
    case undefined:
      return minLengthOf(rule.tree);
    case "literal": {
      const inNumbers = anchor.literals.filter((literal) => /^[\d.eE+-]*$/.test(literal));
      return Math.min(...inNumbers.map(({ length }) => length));
    }
    case "at-sign":
    case "keyed":
      return Number.POSITIVE_INFINITY;
  }
}

function perDirection<T>(make: (direction: Direction) => T): (direction: Direction) => T {
  const made: Partial<Record<Direction, T>> = {};
  return (direction) => {
    made[direction] ??= make(direction);
    return made[direction];
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
