import { RE2JS } from "re2js";
import { HaechiError } from "../../errors.ts";
import type { Anchor, ContextWords, Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";
import type { Direction } from "../finding.ts";
import { parsePattern } from "../patterns/parse-pattern.ts";
import { waysOf } from "../patterns/pattern-bounds.ts";
import { type PatternShape, shapeOf } from "../patterns/pattern-shape.ts";
import type { PatternTree } from "../patterns/pattern-tree.ts";
import { requiredLiterals } from "../patterns/required-literals.ts";
import { needlesFor } from "../tables/needles.ts";
import { demand, MATCH_LENGTH_MAX } from "./check-rule.ts";
import { compileContext, contextAllows } from "./context-words.ts";
import { CUSTOM_VALIDATORS, type CustomValidator } from "./custom-validators.ts";
import type { TextSpan } from "./verify.ts";

/** A rule that an operator writes: a JavaScript pattern, and what else a match must be. */
export interface CustomRule {
  readonly id: string;
  readonly type: string;
  readonly pattern: string;
  readonly flags?: string;
  readonly confidence?: number;
  /** One of them stands in every match, in any case; the rule is then tried around them only. */
  readonly keywords?: readonly string[] | undefined;
  readonly validator?: CustomValidator | undefined;
  /** Words that must, or must not, stand near; `reach` is 40 characters when absent. */
  readonly context?: CustomContext | undefined;
  /** Both when absent. */
  readonly direction?: Direction | undefined;
}

export interface CustomContext {
  readonly requires?: readonly string[] | undefined;
  readonly forbids?: readonly string[] | undefined;
  readonly raises?: readonly string[] | undefined;
  readonly reach?: number | undefined;
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
  const common = commonParts(rule);
  const isBounded = shape.minLength > 0 && shape.maxLength <= MATCH_LENGTH_MAX;
  if (!isBounded || shape.hasAddedFlag || waysOf(tree.alternatives) > WAYS_MAX)
    return linearRule(rule, matching, common);

  const literals = requiredLiterals(tree, matching);
  const opens = literals?.every(canBeSeen) === true;
  const keywords = rule.keywords ?? [];
  const anchored = opens || (keywords.length > 0 && keywords.every(canBeSeen));
  const anchor: Anchor = opens
    ? { kind: "literal", literals: literals!, ignoreCase: matching.includes("i") }
    : { kind: "literal", literals: keywords, ignoreCase: true, lead: shape.maxLength };
  const pattern = new RegExp(rule.pattern, matching);
  const samples = { finds: [], ignores: [] };
  return {
    kind: anchored ? "anchored" : "unanchored",
    detector: { id, entityType: rule.type, ...common, anchor, pattern, samples },
  };
}

type CommonParts = Pick<Detector<EntityType>, "confidence" | "accepts" | "context" | "direction">;

function commonParts({
  confidence = CONFIDENCE_DEFAULT,
  keywords,
  validator,
  context,
  direction,
}: CustomRule): CommonParts {
  const holdsKeyword = keywords === undefined ? null : anyOf(keywords);
  const isValid = validator === undefined ? null : CUSTOM_VALIDATORS[validator];
  const accepts = (match: string) => holdsKeyword?.test(match) !== false && isValid?.(match) !== false;
  return {
    confidence,
    ...(holdsKeyword === null && isValid === null ? {} : { accepts }),
    ...(context === undefined ? {} : { context: contextWords(context) }),
    ...(direction === undefined ? {} : { direction }),
  };
}

function contextWords({ requires, forbids, raises, reach = CONTEXT_REACH }: CustomContext): ContextWords {
  return {
    ...(requires === undefined ? {} : { requires }),
    ...(forbids === undefined ? {} : { forbids }),
    ...(raises === undefined ? {} : { raises }),
    reach,
  };
}

function anyOf(words: readonly string[]): RegExp {
  return new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "i");
}

function canBeSeen(literal: string): boolean {
  return needlesFor(literal, true).length > 0;
}

const CONTEXT_REACH = 40;
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

function linearRule(
  { id, type, pattern }: CustomRule,
  flags: string,
  { confidence, accepts, context, direction }: CommonParts,
): LinearRule {
  demand(direction === undefined, id, "its pattern is left to the linear matcher, which knows no direction");
  const compiled = linearPattern(id, pattern, flags);
  const compiledContext = context === undefined ? null : compileContext(context);
  const counts = (text: string, start: number, end: number) =>
    end > start &&
    accepts?.(text.slice(start, end)) !== false &&
    (compiledContext === null || contextAllows(compiledContext, text, start, end, null));
  return {
    kind: "linear",
    id,
    entityType: type,
    confidence,
    findFrom(text, from) {
      const matcher = compiled.matcher(text);
      let found = from <= text.length && matcher.find(from);
      while (found && !counts(text, matcher.start(), matcher.end())) found = matcher.find();
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
