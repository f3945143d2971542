import { CONFUSABLES } from "./confusables.ts";
import { type FoldClass, type FoldRuns, parseFoldRuns } from "./fold-class.ts";
import { FOLD_RUNS } from "./fold-table.generated.ts";
import { ASSIGN, DIGIT, INVISIBLE, LETTER, OTHER, PLAIN, QUOTE, SEPARATOR, SPACE, TOKEN_SIGN } from "./neighbour.ts";

/** What the code points of one entry fold to, and what they are to their neighbours. */
export interface FoldEntry {
  readonly foldClass: FoldClass;
  /** What stands in the folded text; ASCII, never longer than the UTF-8 of the code point. */
  readonly text: string;
  readonly neighbour: number;
}

interface FoldTable {
  /** Index of the block of 64 entries for `codePoint >> 6`; 0 is the block without entries. */
  readonly blockOf: Uint16Array;
  /** Entry number of a code point at `(blockOf[codePoint >> 6] << 6) | (codePoint & 63)`; 0 when it never folds. */
  readonly entryOf: Uint16Array;
  /** The entries by number; number 0 stands for every code point that never folds. */
  readonly entries: readonly FoldEntry[];
}

/** Every code point that can fold, in two levels: 521 blocks instead of 17,408. */
export const FOLD_TABLE: FoldTable = buildTable();

/** Entry number of a code point; 0 when it never folds. */
export function entryOf(codePoint: number): number {
  return FOLD_TABLE.entryOf[(FOLD_TABLE.blockOf[codePoint >> 6]! << 6) | (codePoint & 63)]!;
}

/** Number of the entry for what folds to nothing. */
export const INVISIBLE_ENTRY = FOLD_TABLE.entries.findIndex(
  ({ foldClass }, number) => number > 0 && foldClass === "invisible",
);

function buildTable(): FoldTable {
  const blockOf = new Uint16Array(0x110000 >> 6);
  const blocks = [new Uint16Array(64)];
  const entries: FoldEntry[] = [{ foldClass: "invisible", text: "", neighbour: OTHER }];
  const numbers = new Map<string, number>();
  for (const runsByClass of [FOLD_RUNS, CONFUSABLES]) {
    // Both are records whose keys are fold classes.
    for (const [foldClass, runs] of Object.entries(runsByClass) as [FoldClass, FoldRuns][]) {
      for (const { first, last, textOf } of parseFoldRuns(runs)) {
        for (let codePoint = first; codePoint <= last; codePoint++) {
          const text = foldClass === "space" ? " " : textOf(codePoint);
          const key = foldClass + text;
          let number = numbers.get(key);
          if (number === undefined) {
            number = entries.push({ foldClass, text, neighbour: neighbourOf(foldClass, text) }) - 1;
            numbers.set(key, number);
          }
          if (blockOf[codePoint >> 6] === 0) blockOf[codePoint >> 6] = blocks.push(new Uint16Array(64)) - 1;
          blocks[blockOf[codePoint >> 6]!]![codePoint & 63] = number;
        }
      }
    }
  }
  const entryOf = new Uint16Array(blocks.length << 6);
  for (const [at, block] of blocks.entries()) entryOf.set(block, at << 6);
  return { blockOf, entryOf, entries };
}

function neighbourOf(foldClass: FoldClass, text: string): number {
  switch (foldClass) {
    case "strong":
      return (
        (/[0-9]/.test(text) ? DIGIT : 0) | (/[A-Za-z]/.test(text) ? LETTER : 0) | (/[@_]/.test(text) ? TOKEN_SIGN : 0)
      );
    case "invisible":
    case "mark":
      return INVISIBLE;
    case "hyphen":
    case "betweenDigits":
    case "sign":
      return SEPARATOR;
    case "space":
      return SPACE | SEPARATOR;
    case "connector":
      return text === "." || text === "/" ? SEPARATOR : PLAIN;
    case "assign":
      return text === ":" || text === "=" ? ASSIGN : QUOTE;
    case "homoglyph":
    case "quote":
      return OTHER;
    default:
      return foldClass satisfies never;
  }
}
