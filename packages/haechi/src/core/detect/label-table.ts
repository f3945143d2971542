import { buildLiteralTable, type LiteralTable, type Needle, needlesFor, withoutLonger } from "./literal-table.ts";
import type { Rule } from "./rule.ts";

/** The words without one of which rules find nothing, to be looked for in bytes. */
export interface LabelTable {
  /** Each word with the indexes of the rules that require it or another. */
  readonly words: LiteralTable<number>;
  /** By rule: 1 when it requires words of which each has a needle. */
  readonly labelled: Uint8Array;
  /** UTF-8 bytes of the longest needle. */
  readonly lengthMax: number;
}

export function labelTable(rules: readonly Rule[]): LabelTable {
  const labelled = new Uint8Array(Math.max(0, ...rules.map(({ index }) => index + 1)));
  const needles: Needle<number>[] = [];
  for (const { index, detector } of rules) {
    const words = detector.context?.requires ?? [];
    const found = words.map((word) => needlesFor(word, true, index));
    // A word that cannot be seen in bytes leaves its rule without a label.
    if (words.length === 0 || found.some(({ length }) => length === 0)) continue;
    labelled[index] = 1;
    needles.push(...withoutLonger(found.flat()));
  }
  return { words: buildLiteralTable(needles), labelled, lengthMax: Math.max(0, ...needles.map(lengthOf)) };
}

function lengthOf({ bytes }: Needle<unknown>): number {
  return bytes.length;
}
