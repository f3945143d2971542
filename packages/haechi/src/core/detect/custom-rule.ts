import { RE2JS } from "re2js";
import { HaechiError } from "../errors.ts";
import { demand, MATCH_LENGTH_MAX } from "./check-rule.ts";
import type { Anchor, Detector } from "./detector.ts";
import type { EntityType } from "./entity-type.ts";
import { needlesFor } from "./literal-table.ts";
import { parsePattern } from "./parse-pattern.ts";
import { type PatternShape, shapeOf, waysOf } from "./pattern-shape.ts";
import type { PatternTree } from "./pattern-tree.ts";
import { requiredLiterals } from "./required-literals.ts";
import type { TextSpan } from "./verify.ts";

/** A rule that an operator writes: a JavaScript pattern, without a validator. */
export interface CustomRule {
  readonly id: string;
  readonly type: string;
  readonly pattern: string;
  readonly flags?: string;
  readonly confidence?: number;
}

/** A custom rule with the matcher that keeps it linear in the length of the text. */
export type CompiledCustomRule =
  /** Bounded, walked in few ways, with a literal that every match begins with: as good as a built-in one. */
  | { readonly kind: "anchored"; readonly detector: Detector<EntityType> }
  /** Bounded and walked in few ways, but it can begin anywhere. */
  | { readonly kind: "unanchored"; readonly detector: Detector<EntityType> }
  /** All others: run by an automaton that never goes back. */
  | LinearRule;

export interface LinearRule {
  readonly kind: "linear";
  readonly id: string;
  readonly entityType: EntityType;
  readonly confidence: number;
  /** The first match that starts at the index or behind it and is not empty. */
  readonly findFrom: (text: string, from: number) => TextSpan | null;
}

/** Throws `CONFIG_INVALID`, naming the rule, when the rule is refused. */
export function compileCustomRule(rule: CustomRule): CompiledCustomRule {
  const { id } = rule;
  const flags = rule.flags ?? "g";
  demand(rule.pattern.length <= PATTERN_LENGTH_MAX, id, `its pattern is longer than ${PATTERN_LENGTH_MAX} characters`);
  demand(/^[dgimsuvy]*$/.test(flags), id, "a flag is not one of d, g, i, m, s, u, v, y");
  const matching = flags.replace(/[dgy]/g, "");
  const tree = parsed(rule, matching);
  const shape = screened(id, shapeOf(tree, matching));
  const confidence = rule.confidence ?? CONFIDENCE_DEFAULT;
  const isBounded = shape.minLength > 0 && shape.maxLength <= MATCH_LENGTH_MAX;
  if (!isBounded || shape.hasAddedFlag || waysOf(tree.alternatives) > WAYS_MAX)
    return linearRule(rule, matching, confidence);

  const literals = requiredLiterals(tree, matching);
  const anchored = literals?.every((literal) => needlesFor(literal, true, null).length > 0);
  const anchor: Anchor = { kind: "literal", literals: literals ?? [], ignoreCase: matching.includes("i") };
  const pattern = new RegExp(rule.pattern, matching);
  const samples = { finds: [], ignores: [] };
  return {
    kind: anchored ? "anchored" : "unanchored",
    detector: { id, entityType: rule.type, confidence, anchor, pattern, samples },
  };
}

const PATTERN_LENGTH_MAX = 500;
const CONFIDENCE_DEFAULT = 0.7;

// Backtracking walks each way once at worst, so this bounds the work at one place.
const WAYS_MAX = 2048;

function parsed({ id, pattern }: CustomRule, flags: string): PatternTree {
  try {
    new RegExp(pattern, flags);
    return parsePattern(pattern, flags);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new HaechiError("CONFIG_INVALID", `rule ${id}: its pattern is not a regular expression`);
  }
}

function screened(id: string, shape: PatternShape): PatternShape {
  demand(!shape.hasBackreference, id, "its pattern holds a back-reference");
  demand(!shape.hasNestedRepetition, id, "its pattern repeats a group that itself repeats without an upper bound");
  demand(!shape.hasStringClass, id, "its pattern holds a class of strings");
  demand(shape.behind <= 1 && shape.ahead <= 1, id, "its pattern looks further around than one character");
  return shape;
}

function linearRule({ id, type, pattern }: CustomRule, flags: string, confidence: number): LinearRule {
  const compiled = linearPattern(id, pattern, flags);
  return {
    kind: "linear",
    id,
    entityType: type,
    confidence,
    findFrom(text, from) {
      const matcher = compiled.matcher(text);
      let found = from <= text.length && matcher.find(from);
      while (found && matcher.end() === matcher.start()) found = matcher.find();
      return found ? { start: matcher.start(), end: matcher.end() } : null;
    },
  };
}

function linearPattern(id: string, pattern: string, flags: string): RE2JS {
  let modes = RE2JS.LOOKBEHINDS;
  if (flags.includes("i")) modes |= RE2JS.CASE_INSENSITIVE;
  if (flags.includes("m")) modes |= RE2JS.MULTILINE;
  if (flags.includes("s")) modes |= RE2JS.DOTALL;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern), modes);
  } catch {
    throw new HaechiError(
      "CONFIG_INVALID",
      `rule ${id}: its pattern has no upper bound or too many ways to match, and no form that runs in linear time`,
    );
  }
}
