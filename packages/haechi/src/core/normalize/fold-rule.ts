import type { FoldClass } from "./fold-class.ts";
import { ASSIGN, DIGIT, LETTER, OTHER, QUOTE, SEPARATOR, SPACE, TOKEN } from "./neighbour.ts";

/**
 * True when a character of the class folds between these neighbours: the nearest
 * ones that are not invisible, and those behind them. It decides the fold and it
 * is the trigger too, so a leaf in which it never holds equals its folded text.
 * A homoglyph depends on its whole word and is not asked here.
 */
export function foldsBetween(
  foldClass: FoldClass,
  beforePrevious: number,
  previous: number,
  next: number,
  afterNext: number,
): boolean {
  // Disguised values are written with separators too: look through one of them.
  const left = previous & SEPARATOR ? beforePrevious : OTHER;
  const right = next & SEPARATOR ? afterNext : OTHER;
  switch (foldClass) {
    case "strong":
      // Alone, as in a circled list number before a word, it cannot be part of a value.
      return ((previous | next) & TOKEN) !== 0 || ((left | right) & DIGIT) !== 0;
    case "invisible":
      return previous !== OTHER && ((previous & TOKEN) !== 0 || next !== OTHER);
    case "mark":
      return previous !== OTHER;
    case "hyphen":
      return joins(previous, left, TOKEN) && joins(next, right, TOKEN);
    case "betweenDigits":
      return joins(previous, left, DIGIT) && joins(next, right, DIGIT);
    case "space":
      return ((previous | next) & DIGIT) !== 0 || blankBetweenTokens(previous, next);
    case "sign":
      return ((previous | next) & DIGIT) !== 0 || ((previous & TOKEN) !== 0 && (next & TOKEN) !== 0);
    case "connector":
      return (previous & TOKEN) !== 0 && (next & TOKEN) !== 0;
    case "assign":
      return (
        ((previous | next | (previous & SPACE ? left : OTHER) | (next & SPACE ? right : OTHER)) & ASSIGNABLE) !== 0
      );
    case "quote":
      return ((previous | (previous & SPACE ? left : OTHER)) & ASSIGN) !== 0;
    case "homoglyph":
      return false;
    default:
      return foldClass satisfies never;
  }
}

/** A key or a value, bare or quoted. */
const ASSIGNABLE = DIGIT | LETTER | QUOTE | ASSIGN;

/** The neighbour itself is a token, or a digit stands behind one separator. */
function joins(neighbour: number, behind: number, wanted: number): boolean {
  return (neighbour & wanted) !== 0 || (behind & DIGIT) !== 0;
}

function blankBetweenTokens(previous: number, next: number): boolean {
  const between = TOKEN | ASSIGN | QUOTE;
  const outer = between | SPACE;
  return (previous & outer) !== 0 && (next & outer) !== 0 && ((previous | next) & between) !== 0;
}
