import type { CompiledCustomRule, LinearRule } from "./custom-rule.ts";
import type { Anchor, Detector } from "./detector.ts";
import { buildDigitTable, type DigitRule, type DigitTable } from "./digit-table.ts";
import type { EntityType } from "./entity-type.ts";
import { buildLiteralTable, type LiteralTable, type Needle, needleFor } from "./literal-table.ts";
import { compileRule, demand, MATCH_LENGTH_MAX, type Rule } from "./rule.ts";

/** All rules as the tables of one scan. */
export interface CompiledDetectors {
  readonly detectors: readonly Detector<EntityType>[];
  readonly rules: readonly Rule[];
  /** The rules that may count in a text without any context word known to the table of literals. */
  readonly withoutContext: readonly Rule[];
  readonly literals: LiteralTable<LiteralOwner>;
  readonly digits: DigitTable;
  readonly atSign: readonly AtSignRule[];
  /** Rules without an anchor: every place of a text is looked at. */
  readonly unanchored: readonly Rule[];
  /** An operator's rules that only the linear matcher may run. */
  readonly linear: readonly LinearRule[];
}

/** What a literal in a text tells. */
export type LiteralOwner = LiteralRule | ContextWord;

/** A word that the rules require near their findings. */
export interface ContextWord {
  readonly kind: "context";
  readonly rules: Rule[];
}

/** A literal of a rule, and where a match may start relative to the literal. */
export interface LiteralRule {
  readonly kind: "anchor";
  readonly rule: Rule;
  readonly from: number;
  readonly to: number;
}

export interface AtSignRule {
  readonly rule: Rule;
  readonly lead: number;
}

/** Throws `CONFIG_INVALID`, naming the rule, when a rule is not bounded, not local or has no usable anchor. */
export function compileDetectors(
  detectors: readonly Detector<EntityType>[],
  customRules: readonly CompiledCustomRule[] = [],
): CompiledDetectors {
  const rules: Rule[] = [];
  const needles: Needle<LiteralOwner>[] = [];
  const digits: DigitRule[] = [];
  const atSign: AtSignRule[] = [];
  const unanchored: Rule[] = [];
  const linear: LinearRule[] = [];

  const enlist = (detector: Detector<EntityType>) => {
    const rule = compileRule(detector, rules.length);
    rules.push(rule);
    switch (detector.anchor.kind) {
      case "literal":
      case "keyed":
        needles.push(...needlesOf(detector.anchor, rule));
        return;
      case "digits":
        digits.push(digitRule(detector.anchor, rule));
        demand(detector.anchor.run > 0, rule.id, "its anchor is a run of no digits");
        return;
      case "at-sign":
        atSign.push({ rule, lead: detector.anchor.lead });
        return;
      default:
        detector.anchor satisfies never;
    }
  };

  for (const detector of detectors) enlist(detector);
  for (const custom of customRules) {
    if (custom.kind === "linear") linear.push(custom);
    else if (custom.kind === "anchored") enlist(custom.detector);
    else {
      const rule = compileRule(custom.detector, rules.length);
      rules.push(rule);
      unanchored.push(rule);
    }
  }
  const context = contextNeedles(rules);
  needles.push(...context.needles);
  return {
    detectors: [...detectors],
    rules,
    withoutContext: context.without,
    literals: buildLiteralTable(needles),
    digits: buildDigitTable(digits),
    atSign,
    unanchored,
    linear,
  };
}

function needlesOf(anchor: Extract<Anchor, { kind: "literal" | "keyed" }>, rule: Rule): Needle<LiteralRule>[] {
  const keyed = anchor.kind === "keyed";
  const literals = keyed ? anchor.names : anchor.literals;
  demand(literals.length > 0, rule.id, "its anchor lists no literal");
  const owner = keyed ? keyedRange(anchor, rule) : { kind: "anchor" as const, rule, from: -(anchor.lead ?? 0), to: 0 };
  return literals.map((literal) => {
    const needle = needleFor(literal, keyed || anchor.ignoreCase === true, owner);
    demand(needle !== null, rule.id, "a literal of its anchor has no two characters that JSON never escapes");
    return needle;
  });
}

/** A value stands at most `reach` after its name, and a match starts where the pattern says before the value. */
function keyedRange(anchor: Extract<Anchor, { kind: "keyed" }>, rule: Rule): LiteralRule {
  const nameLengthMax = Math.max(...anchor.names.map((name) => name.length));
  const { min, max } = rule.shape.valueOffset;
  demand(nameLengthMax + anchor.reach <= MATCH_LENGTH_MAX, rule.id, "its anchor reaches too far");
  return { kind: "anchor", rule, from: -max, to: nameLengthMax + anchor.reach - min };
}

function digitRule({ run, lead = 0 }: Extract<Anchor, { kind: "digits" }>, rule: Rule): DigitRule {
  const { before } = rule.shape;
  const startsInside = DIGITS.some((digit) => before[digit] === 1);
  return { rule, run, lead, startsInside };
}

const DIGITS = Array.from("0123456789", (digit) => digit.charCodeAt(0));

/** Words without which a rule finds nothing are looked for in the same pass as all other literals. */
function contextNeedles(rules: readonly Rule[]): { needles: Needle<LiteralOwner>[]; without: Rule[] } {
  const owners = new Map<string, ContextWord>();
  const needles: Needle<LiteralOwner>[] = [];
  const without: Rule[] = [];
  for (const rule of rules) {
    const words = rule.context?.requiredWords ?? null;
    if (words === null || words.some((word) => needleFor(word, true, null) === null)) {
      without.push(rule);
      continue;
    }
    for (const word of words) {
      const known = owners.get(word);
      known?.rules.push(rule);
      if (known !== undefined) continue;
      const owner: ContextWord = { kind: "context", rules: [rule] };
      owners.set(word, owner);
      needles.push(needleFor<LiteralOwner>(word, true, owner)!);
    }
  }
  return { needles, without };
}
