import { CONFUSABLES } from "./confusables.ts";
import { countsUp, type FoldClass, type FoldRuns, parseFoldRuns, textInRun } from "./fold-class.ts";
import { FOLD_RUNS } from "./fold-table.generated.ts";
import { ASSIGN, DIGIT, INVISIBLE, LETTER, OTHER, PLAIN, QUOTE, SEPARATOR, SPACE, TOKEN_SIGN } from "./neighbour.ts";

/** What the code points of one entry fold to, and what they are to their neighbours. */
export interface FoldEntry {
  readonly foldClass: FoldClass;
  /** What stands in the folded text; ASCII, never longer than the UTF-8 of the code point. */
  readonly text: string;
  readonly neighbour: number;
}

// Two levels: only the blocks of 64 code points that hold something are stored.
const { blockOf: BLOCK_OF, entryOf: ENTRY_OF, entries } = buildTable();

/** The entries by number; number 0 stands for every code point that never folds. */
export const FOLD_ENTRIES: readonly FoldEntry[] = entries;

/** Entry number of a code point; 0 when it never folds. */
export function entryOfCodePoint(codePoint: number): number {
  return ENTRY_OF[(BLOCK_OF[codePoint >> 6]! << 6) | (codePoint & 63)]!;
}

/** Entry number of the character whose multi-byte UTF-8 sequence starts at `at`; 0 when it never folds. */
export function entryAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  const second = bytes[at + 1]! & 0x3f;
  if (lead < 0xe0) return ENTRY_OF[(BLOCK_OF[lead & 0x1f]! << 6) | second]!;
  const third = bytes[at + 2]! & 0x3f;
  if (lead < 0xf0) return ENTRY_OF[(BLOCK_OF[((lead & 0x0f) << 6) | second]! << 6) | third]!;
  return ENTRY_OF[(BLOCK_OF[((lead & 0x07) << 12) | (second << 6) | third]! << 6) | (bytes[at + 3]! & 0x3f)]!;
}

/** By `codePoint >> 6`, up to U+FFFF: 0 for a block of code points none of which folds, as those of all Hangul and most Han. */
export const BLOCK_FOLDS = Uint8Array.from({ length: 0x10000 >> 6 }, (_, block) => (BLOCK_OF[block] === 0 ? 0 : 1));

/** By byte: 0 for one that leads two bytes which never fold, and for all that lead nothing. */
export const LEADS_FOLD = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0xc2 ? 0 : byte < 0xe0 ? BLOCK_FOLDS[byte & 0x1f]! : 1,
);

/** Number of the entry for what folds to nothing. */
export const INVISIBLE_ENTRY = FOLD_ENTRIES.findIndex(
  ({ foldClass }, number) => number > 0 && foldClass === "invisible",
);

interface FoldTable {
  /** Number of the block of a code point, by `codePoint >> 6`; block 0 is empty. */
  readonly blockOf: Uint16Array;
  /** Entry number of a code point, by `(block << 6) | (codePoint & 63)`. */
  readonly entryOf: Uint16Array;
  readonly entries: readonly FoldEntry[];
}

function buildTable(): FoldTable {
  const blockOf = new Uint16Array(0x110000 >> 6);
  const blocks = [new Uint16Array(64)];
  const entries: FoldEntry[] = [{ foldClass: "invisible", text: "", neighbour: OTHER }];
  const numbers = new Map<string, number>();
  const numberOf = (foldClass: FoldClass, text: string): number => {
    const key = foldClass + text;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, entries.length);
    return entries.push({ foldClass, text, neighbour: neighbourOf(foldClass, text) }) - 1;
  };
  const blockFor = (codePoint: number): Uint16Array => {
    const at = codePoint >> 6;
    if (blockOf[at] === 0) blockOf[at] = blocks.push(new Uint16Array(64)) - 1;
    return blocks[blockOf[at]!]!;
  };
  for (const runsByClass of [FOLD_RUNS, CONFUSABLES]) {
    // Both are records whose keys are fold classes.
    for (const [foldClass, runs] of Object.entries(runsByClass) as [FoldClass, FoldRuns][]) {
      for (const run of parseFoldRuns(runs)) {
        let codePoint = run.first;
        while (codePoint <= run.last) {
          const offset = codePoint & 63;
          const length = countsUp(run) ? 1 : Math.min(64 - offset, run.last + 1 - codePoint);
          const number = numberOf(foldClass, foldClass === "space" ? " " : textInRun(run, codePoint));
          blockFor(codePoint).fill(number, offset, offset + length);
          codePoint += length;
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
