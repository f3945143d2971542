import type { EntityType } from "../../src/core/detect/entity-type.ts";

/** One text with every place in it that is to be found. */
export interface LabelledCase {
  readonly text: string;
  readonly gold: readonly GoldSpan[];
  /** Types that may be found besides: what the text says leaves it open. */
  readonly also: readonly EntityType[];
  readonly tier: Tier;
  /** What the row of mistakes is called: the kind of value and its printed form. */
  readonly group: string;
  readonly direction: "request" | "response";
}

export interface GoldSpan {
  readonly type: EntityType;
  readonly start: number;
  readonly end: number;
}

/**
 * - `core`: what the headline is made of
 * - `bare`: digits of a weak type with nothing that says what they are
 * - `weak`: people would not agree, or the shape alone says too little
 * - `disguised`: written so that a plain pattern misses it
 */
export type Tier = "core" | "bare" | "weak" | "disguised";

/** A case from a text in which `{}` stands for the value. */
export function placed(
  type: EntityType,
  value: string,
  surrounding: string,
  rest: Pick<LabelledCase, "group"> & Partial<LabelledCase>,
): LabelledCase {
  const gold: GoldSpan[] = [];
  let text = "";
  surrounding.split("{}").forEach((piece, at) => {
    if (at > 0) {
      gold.push({ type, start: text.length, end: text.length + value.length });
      text += value;
    }
    text += piece;
  });
  return { also: [], tier: "core", direction: "request", ...rest, text, gold };
}

/** A case in which nothing is to be found, but what is left open. */
export function benign(text: string, group: string, rest: Partial<LabelledCase> = {}): LabelledCase {
  return { also: [], tier: "core", direction: "request", ...rest, text, gold: [], group };
}
