import type { Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";
import type { Direction } from "../finding.ts";
import { BEYOND_ASCII, type CodeSet, hasCode } from "../patterns/code-set.ts";
import { parsePattern } from "../patterns/parse-pattern.ts";
import { needsDigit, prefixLengthMax } from "../patterns/pattern-bounds.ts";
import { endsWithin } from "../patterns/pattern-ending.ts";
import { type PatternShape, shapeOf } from "../patterns/pattern-shape.ts";
import type { PatternTree } from "../patterns/pattern-tree.ts";
import { requiredLiterals } from "../patterns/required-literals.ts";
import { type CompiledContext, compileContext, RAISED_BY, SUREST, wordsSource } from "./context-words.ts";
import { canBeSeen } from "./label-needles.ts";

/** What a rule is known by in a finding. */
export interface FoundBy {
  readonly id: string;
  readonly entityType: EntityType;
  readonly confidence: number;
}

/** Of a keyed rule: which JSON keys it takes for its names, and what a value under them looks like. */
export interface MemberRule {
  readonly key: RegExp;
  readonly value: RegExp;
  readonly valueLengthMax: number;
}

/**
 * A detector, ready to be verified at a place of a text. Most rules never meet their
 * anchor while a process lives, so what is known of a pattern is made when somebody asks.
 */
export class Rule implements FoundBy {
  /** Its place among all rules. */
  readonly index: number;
  readonly id: string;
  readonly entityType: EntityType;
  readonly confidence: number;
  /** By which something is found near words that raise the confidence. */
  readonly raised: FoundBy;
  readonly direction: Direction | null;
  readonly accepts: ((match: string) => boolean) | null;
  readonly detector: Detector<EntityType>;
  #flags: string | null = null;
  #tree: PatternTree | null = null;
  #shape: PatternShape | null = null;
  #pattern: RegExp | null = null;
  #inAlphabet: Uint8Array | null = null;
  #context: CompiledContext | null = null;
  #member: MemberRule | null = null;
  #isLabelled: boolean | null = null;
  #needsDigit: boolean | null = null;
  #endsWithItsAlphabet: boolean | null = null;

  /** @param isLabelled what `isLabelled` is, when it is known */
  constructor(detector: Detector<EntityType>, index: number, isLabelled: boolean | null = null) {
    const { id, entityType, confidence } = detector;
    this.index = index;
    this.id = id;
    this.entityType = entityType;
    this.confidence = confidence;
    // A rule that is surer than that by itself stays so.
    this.raised = { id, entityType, confidence: Math.max(confidence, Math.min(SUREST, confidence + RAISED_BY)) };
    this.direction = detector.direction ?? null;
    this.accepts = detector.accepts ?? null;
    this.detector = detector;
    this.#isLabelled = isLabelled;
  }

  isOn(direction: Direction): boolean {
    return this.direction === null || this.direction === direction;
  }

  /** The flags that say what the pattern means. */
  get flags(): string {
    this.#flags ??= matchingFlags(this.detector.pattern);
    return this.#flags;
  }

  /** The pattern as a syntax tree. */
  get tree(): PatternTree {
    this.#tree ??= parsePattern(this.detector.pattern.source, this.flags);
    return this.#tree;
  }

  get shape(): PatternShape {
    this.#shape ??= shapeOf(this.tree, this.flags);
    return this.#shape;
  }

  /** Sticky: matches at `lastIndex` or not at all. */
  get pattern(): RegExp {
    this.#pattern ??= this.#stickyPattern();
    return this.#pattern;
  }

  /** By byte: 1 when it may be part of a character in a match. */
  get inAlphabet(): Uint8Array {
    this.#inAlphabet ??= bytesOf(this.shape.alphabet);
    return this.#inAlphabet;
  }

  get context(): CompiledContext | null {
    const { context } = this.detector;
    if (context !== undefined) this.#context ??= compileContext(context);
    return this.#context;
  }

  /** Null but for a keyed rule. */
  get member(): MemberRule | null {
    const { anchor } = this.detector;
    if (anchor.kind === "keyed") this.#member ??= memberRule(anchor.names, anchor.memberValue);
    return this.#member;
  }

  /** Literals of which one opens every match, null when it opens in another way. */
  get openings(): readonly string[] | null {
    return requiredLiterals(this.tree, this.flags);
  }

  /** True when it finds nothing but near words that can be seen in bytes. */
  get isLabelled(): boolean {
    const words = this.detector.context?.requires;
    this.#isLabelled ??= words !== undefined && words.length > 0 && canBeSeen(words);
    return this.#isLabelled;
  }

  /** True when nothing that a match may hold may follow one. */
  get endsWithItsAlphabet(): boolean {
    this.#endsWithItsAlphabet ??= endsWithin(this.tree, this.shape.alphabet, this.flags);
    return this.#endsWithItsAlphabet;
  }

  /** True when every match holds a digit. */
  get needsDigit(): boolean {
    this.#needsDigit ??= needsDigit(this.tree, this.flags);
    return this.#needsDigit;
  }

  /** How many characters of a match may stand before its group `value`. */
  get prefixLengthMax(): number {
    const { source } = this.detector.pattern;
    return source.includes("(?<value>") ? prefixLengthMax(this.tree) : 0;
  }

  #stickyPattern(): RegExp {
    // Only the match can tell where a group `value` begins that moves, and is asked for its indices.
    const { min, max } = this.shape.valueOffset;
    return new RegExp(this.detector.pattern.source, `${this.flags}y${min === max ? "" : "d"}`);
  }
}

/** The flags of a pattern but those that say how it is run. */
export function matchingFlags({ flags }: RegExp): string {
  return flags.replace(/[dgy]/g, "");
}

function bytesOf(codes: CodeSet): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => Number(hasCode(codes, Math.min(byte, BEYOND_ASCII))));
}

function memberRule(names: readonly string[], memberValue: RegExp): MemberRule {
  const flags = matchingFlags(memberValue);
  return {
    // What follows a name in a key makes it another key (token_type), a number does not (password2).
    key: new RegExp(`(?:${wordsSource(names)})[\\d_-]{0,8}$`, "i"),
    value: new RegExp(`^(?:${memberValue.source})$`, flags),
    valueLengthMax: shapeOf(parsePattern(memberValue.source, flags), flags).maxLength,
  };
}
