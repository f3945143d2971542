import type { AST } from "@eslint-community/regexpp";
import { HaechiError } from "../errors.ts";
import { BEYOND_ASCII } from "./code-set.ts";
import { type CompiledContext, compileContext, RAISED_BY, SUREST, wordsSource } from "./context-words.ts";
import type { Detector } from "./detector.ts";
import type { EntityType } from "./entity-type.ts";
import type { Direction } from "./finding.ts";
import { partialSource } from "./partial-pattern.ts";
import { type PatternShape, parsePattern, shapeOf } from "./pattern-shape.ts";
import { requiredLiterals } from "./required-literals.ts";

/** What a rule is known by in a finding. */
export interface FoundBy {
  readonly id: string;
  readonly entityType: EntityType;
  readonly confidence: number;
}

/** A detector, ready to be verified at a place of a text. */
export interface Rule extends FoundBy {
  /** Its place among all rules. */
  readonly index: number;
  /** By which something is found near words that raise the confidence. */
  readonly raised: FoundBy;
  readonly direction: Direction | null;
  /** Sticky: matches at `lastIndex` or not at all. */
  readonly pattern: RegExp;
  /**
   * The pattern as a syntax tree, and the flags that say what it means.
   * @internal
   */
  readonly tree: AST.Pattern;
  readonly flags: string;
  readonly shape: PatternShape;
  /** By byte: 1 when it may be part of a character in a match. */
  readonly inAlphabet: Uint8Array;
  readonly accepts: ((match: string) => boolean) | null;
  readonly context: CompiledContext | null;
  /** Only of a keyed rule: which JSON keys it takes for its names, and what a value under them looks like. */
  readonly member: MemberRule | null;
  /** Of a keyed rule: literals one of which opens every match, null when it opens in another way. */
  readonly openings: readonly string[] | null;
  /** As `pattern`, for text that goes on: see `partialSource`. */
  readonly partial: () => RegExp;
}

export interface MemberRule {
  readonly key: RegExp;
  readonly value: RegExp;
  readonly valueLengthMax: number;
}

/** No pattern may match more than this many characters, so that no window over a text is larger. */
export const MATCH_LENGTH_MAX = 8192;

/** The detector as a rule. Throws `CONFIG_INVALID`, naming the rule, when its pattern could run away or is not local. */
export function compileRule(detector: Detector<EntityType>, index: number): Rule {
  const { id, pattern, anchor } = detector;
  const flags = pattern.flags.replace(/[dgy]/g, "");
  const tree = parsePattern(pattern.source, flags);
  const shape = shapeOf(tree, flags);
  demandBounded(id, "pattern", shape);
  demand(shape.minLength > 0, id, "its pattern matches the empty text");
  demand(shape.ahead <= 1, id, "its pattern looks further ahead than one character");
  const { entityType, confidence } = detector;
  const behindMax = anchor.kind === "keyed" ? MATCH_LENGTH_MAX : 1;
  demand(shape.behind <= behindMax, id, "its pattern looks further behind than one character");
  return {
    index,
    id,
    entityType,
    confidence,
    // A rule that is surer than that by itself stays so.
    raised: { id, entityType, confidence: Math.max(confidence, Math.min(SUREST, confidence + RAISED_BY)) },
    direction: detector.direction ?? null,
    pattern: new RegExp(pattern.source, `${flags}y${hasMovingValue(shape) ? "d" : ""}`),
    tree,
    flags,
    shape,
    inAlphabet: Uint8Array.from({ length: 256 }, (_, byte) => shape.alphabet[Math.min(byte, BEYOND_ASCII)]!),
    accepts: detector.accepts ?? null,
    context: detector.context === undefined ? null : compileContext(detector.context),
    member: memberRule(detector),
    openings: anchor.kind === "keyed" ? requiredLiterals(tree, flags) : null,
    partial: once(tree, `${flags}y`),
  };
}

/** True when only the match can tell where its group `value` begins, and has to be asked for its indices. */
function hasMovingValue({ valueOffset: { min, max } }: PatternShape): boolean {
  return min !== max;
}

function memberRule({ id, anchor }: Detector<EntityType>): MemberRule | null {
  if (anchor.kind !== "keyed") return null;
  const { source, flags } = anchor.memberValue;
  const shape = shapeOf(parsePattern(source, flags), flags);
  demandBounded(id, "member value", shape);
  return {
    // What follows a name in a key makes it another key (token_type), a number does not (password2).
    key: new RegExp(`(?:${wordsSource(anchor.names)})[\\d_-]{0,8}$`, "i"),
    value: new RegExp(`^(?:${source})$`, flags.replace(/[dgy]/g, "")),
    valueLengthMax: shape.maxLength,
  };
}

function demandBounded(id: string, what: string, shape: PatternShape): void {
  demand(!shape.hasBackreference, id, `its ${what} holds a back-reference`);
  demand(shape.maxLength !== Number.POSITIVE_INFINITY, id, `its ${what} holds a quantifier without an upper bound`);
  demand(!shape.hasStringClass, id, `its ${what} holds a class of strings`);
  demand(shape.maxLength <= MATCH_LENGTH_MAX, id, `its ${what} matches more than ${MATCH_LENGTH_MAX} characters`);
}

/** Throws `CONFIG_INVALID`, naming the rule and the reason, unless the condition holds. */
export function demand(condition: boolean, id: string, reason: string): asserts condition {
  if (!condition) throw new HaechiError("CONFIG_INVALID", `rule ${id}: ${reason}`);
}

// A process that never streams never pays for the second form of its patterns.
function once(tree: AST.Pattern, flags: string): () => RegExp {
  let compiled: RegExp | null = null;
  return () => (compiled ??= new RegExp(partialSource(tree), flags));
}
