import type { ContextWords, Detector, DetectorSamples } from "../../../detector.ts";
import { isSpokenOf, SPOKEN_OF_REACH } from "./spoken-of.ts";

/** A sign by itself: what it begins with, and what it looks like. */
export interface Signal {
  readonly id: string;
  readonly confidence: number;
  /** One of them stands in every match, at most `lead` characters after its start. */
  readonly literals: readonly string[];
  readonly lead?: number;
  readonly pattern: RegExp;
  readonly context?: ContextWords;
  readonly samples: DetectorSamples;
}

/** The signal as a detector: in any case, and unless an operator says otherwise in answers only. */
export function signalDetector({ literals, lead = 0, context, ...signal }: Signal): Detector {
  return {
    ...signal,
    context: orSpokenOf(context),
    entityType: "injection",
    direction: "response",
    anchor: { kind: "literal", literals, ignoreCase: true, lead },
  };
}

/** The context of an order to a model, which is none where somebody speaks of it. */
export function orSpokenOf(context: ContextWords | undefined): ContextWords {
  const { reach = SPOKEN_OF_REACH, rejects, ...words } = context ?? {};
  return {
    ...words,
    rejects: (before, after) => isSpokenOf(before, after) || rejects?.(before, after) === true,
    reach,
  };
}

/** What may stand between two words. */
export const GAP = "[\\s,;:'\"*_-]{1,4}";

/** None, or up to so many of the words, each with what stands behind it. */
export function upTo(times: number, words: string): string {
  return `(?:(?:${words
    .split(",")
    .map((word) => word.trim().replaceAll(" ", "\\s{1,3}"))
    .join("|")})${GAP}){0,${times}}`;
}

/** What those who attack a model want it to be without. */
export const LIMITS =
  "(?:restrictions?|limits|limitations?|rules|guidelines|filters?|filtering|censorship|constraints?|boundaries|restraints|morals?|morality|ethics|guardrails|content polic(?:y|ies)|usage polic(?:y|ies)|polic(?:y|ies)|programming|laws|inhibitions|consequences)";
