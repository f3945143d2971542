import type { PatternElement, QuantifierNode } from "./pattern-tree.ts";

/** What is still to come of a pattern, with where one may stand before it once that is known. */
export type Rest<Entry> = { entries: readonly Entry[] | null } & (
  | { readonly kind: "end" }
  | {
      readonly kind: "sequence";
      readonly elements: readonly PatternElement[];
      readonly index: number;
      readonly next: Rest<Entry>;
    }
  | {
      readonly kind: "repetition";
      readonly quantifier: QuantifierNode;
      /** How often it has been repeated. */
      readonly times: number;
      readonly next: Rest<Entry>;
    }
);

/** The elements from `index` on, then what comes next. */
export function sequence<Entry>(elements: readonly PatternElement[], index: number, next: Rest<Entry>): Rest<Entry> {
  return elements.length === 0 ? next : { kind: "sequence", elements, index, next, entries: null };
}

/** What a quantifier repeats, after so many times, then what comes next. */
export function repetition<Entry>(quantifier: QuantifierNode, times: number, next: Rest<Entry>): Rest<Entry> {
  return { kind: "repetition", quantifier, times, next, entries: null };
}
