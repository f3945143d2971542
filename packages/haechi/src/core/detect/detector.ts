import type { BuiltInEntityType, EntityType } from "./entity-type.ts";
import type { Direction } from "./finding.ts";

/**
 * One rule: what anchors it, what shape it has, what decides. Detectors are data;
 * `compile` turns all of them into the tables of one scan.
 */
export interface Detector<Type extends EntityType = BuiltInEntityType> {
  /** Stable rule id, written to the audit log. */
  readonly id: string;
  readonly entityType: Type;
  /** Confidence of a finding, 0 to 1, before context words. */
  readonly confidence: number;
  /** A necessary condition that a byte scan can see. It says where to look; the pattern decides. */
  readonly anchor: Anchor;
  /**
   * The shape. Flags: none or `i`. Every quantifier is bounded, no two adjacent
   * quantifiers overlap, look-around is one character long (a `keyed` anchor may
   * have a longer look-behind). The match of group `value`, when the pattern has
   * one, is the finding; otherwise the whole match.
   */
  readonly pattern: RegExp;
  /** The validator: checksum, ranges, dates. Sees the normalized text of the finding. */
  readonly accepts?: (match: string) => boolean;
  /** Words that must stand near a finding, or that forbid one. */
  readonly context?: ContextWords;
  /** Only in this direction; both when absent. */
  readonly direction?: Direction;
  /** What the rule must and must not find; run by the test of every detector. */
  readonly samples: DetectorSamples;
}

/**
 * `lead` counts from the beginning of the group `value` when the pattern has one, of the
 * whole match otherwise. What the pattern takes before that group needs no counting.
 */
export type Anchor =
  /** One of these literals is part of every match, at most `lead` characters after its start. */
  | {
      readonly kind: "literal";
      readonly literals: readonly string[];
      readonly ignoreCase?: boolean;
      readonly lead?: number;
    }
  /**
   * Every match holds a digit run of at least `run` digits, at most `lead` characters after its start.
   * Unless `lone` says otherwise, that is no lone number: it has more than three digits, or a letter, one of `-./:_#`
   * or another number stands beside it.
   */
  | { readonly kind: "digits"; readonly run: number; readonly lead?: number; readonly lone?: boolean }
  /** Every match holds an `@`, at most `lead` characters after its start. */
  | { readonly kind: "at-sign"; readonly lead: number }
  /**
   * One of these names stands before the value, at most `reach` characters before it.
   * Fires too on a JSON member whose key is such a name: then `memberValue` is
   * held against the whole string value.
   */
  | {
      readonly kind: "keyed";
      readonly names: readonly string[];
      readonly reach: number;
      readonly memberValue: RegExp;
    };

export interface ContextWords {
  /** At least one must stand within `reach` characters, in the JSON key or in the header of the column, for a finding to count. */
  readonly requires?: readonly string[];
  /** None of these may stand within `reach` characters before the finding. */
  readonly forbids?: readonly string[];
  /** One of these in the same places makes a finding surer: its confidence rises by `RAISED_BY`. */
  readonly raises?: readonly string[];
  /** True when what stands right before and behind a finding, `reach` characters of each, says that it is something else. */
  readonly rejects?: (before: string, after: string) => boolean;
  /** Characters to either side. */
  readonly reach: number;
}

export interface DetectorSamples {
  /** `text` holds a finding that is exactly `match` (default: the whole text). */
  readonly finds: readonly { readonly text: string; readonly match?: string; readonly why: string }[];
  /** The rule finds nothing in `text`. */
  readonly ignores: readonly { readonly text: string; readonly why: string }[];
}
