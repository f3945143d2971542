import { buildLiteralTable, type LiteralTable, type Needle, needlesFor } from "./literal-table.ts";
import type { Rule } from "./rule.ts";

/** The words without one of which rules find nothing, to be looked for in bytes. */
export interface LabelTable {
  /** Each word with the indexes of the rules that require it or another. */
  readonly words: LiteralTable<readonly number[]>;
  /** By rule: 1 when it finds nothing where no needle of its words stands near. */
  readonly labelled: Uint8Array;
  /** UTF-8 bytes of the longest needle. */
  readonly lengthMax: number;
}

export function labelTable(rules: readonly Rule[]): LabelTable {
  const labelled = new Uint8Array(Math.max(0, ...rules.map(({ index }) => index + 1)));
  const rulesByWord = new Map<string, number[]>();
  for (const { index, detector } of rules) {
    const words = detector.context?.requires ?? [];
    // A word that cannot be seen in bytes leaves its rule without a label.
    if (words.length === 0 || !words.every(canBeSeen)) continue;
    labelled[index] = 1;
    for (const word of new Set(words.map((one) => one.toLowerCase()))) {
      const known = rulesByWord.get(word);
      if (known === undefined) rulesByWord.set(word, [index]);
      else known.push(index);
    }
  }
  const needles = [...rulesByWord].flatMap(([word, indexes]) => needlesFor(word, true, indexes as readonly number[]));
  return { words: buildLiteralTable(needles), labelled, lengthMax: Math.max(0, ...needles.map(lengthOf)) };
}

function canBeSeen(word: string): boolean {
  return needlesFor(word, true, null).length > 0;
}

function lengthOf({ bytes }: Needle<unknown>): number {
  return bytes.length;
}
