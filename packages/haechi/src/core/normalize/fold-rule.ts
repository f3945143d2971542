import {
  type Characters,
  characterBefore,
  characterEnd,
  LATIN,
  NOT_IN_WORD,
  neighbourAt,
  visibleBefore,
  visibleFrom,
  wordPartAt,
} from "./characters.ts";
import type { FoldClass } from "./fold-class.ts";
import { ASSIGN, DIGIT, INVISIBLE, LETTER, OTHER, QUOTE, SEPARATOR, SPACE, TOKEN } from "./neighbour.ts";

// The rules of folding in context. They decide the fold and are its trigger too,
// so a leaf in which none of them holds equals its folded text. The left side of a
// character is read in `left` up to `leftEnd`, the right side in `right` from
// `rightStart` on: for the trigger both are the leaf, for the fold the left side is
// what has been written so far.

/** True when a single visible character of the class folds where it stands. */
export function foldsInContext(
  foldClass: Exclude<FoldClass, "homoglyph" | "invisible" | "mark">,
  left: Characters,
  leftEnd: number,
  right: Characters,
  rightStart: number,
): boolean {
  const previousAt = visibleBefore(left, leftEnd);
  const previous = neighbourAt(left, previousAt);
  // In ordinary text most stand after a letter of another script, which settles it for some.
  if (previous === OTHER && NEXT_THAT_MATTERS[foldClass] === NOTHING) return false;
  // Disguised values are written with separators too: look through one of them.
  const beyondPrevious = previous & SEPARATOR ? neighbourAt(left, visibleBefore(left, previousAt)) : OTHER;
  if (foldClass === "quote") return ((previous | (previous & SPACE ? beyondPrevious : OTHER)) & ASSIGN) !== 0;

  const nextAt = visibleFrom(right, rightStart);
  const next = neighbourAt(right, nextAt);
  const beyondNext = next & SEPARATOR ? neighbourAt(right, visibleFrom(right, characterEnd(right, nextAt))) : OTHER;
  switch (foldClass) {
    case "strong":
      // Alone, as in a circled list number before a word, it cannot be part of a value.
      return ((previous | next) & TOKEN) !== 0 || ((beyondPrevious | beyondNext) & DIGIT) !== 0;
    case "hyphen":
      return joins(previous, beyondPrevious, TOKEN) && joins(next, beyondNext, TOKEN);
    case "betweenDigits":
      return joins(previous, beyondPrevious, DIGIT) && joins(next, beyondNext, DIGIT);
    case "space":
      return ((previous | next) & DIGIT) !== 0 || separatesTokens(previous, next);
    case "sign":
      return ((previous | next) & DIGIT) !== 0 || ((previous & TOKEN) !== 0 && (next & TOKEN) !== 0);
    case "connector":
      return (previous & TOKEN) !== 0 && (next & TOKEN) !== 0;
    case "assign": {
      const beyondBlank = (previous & SPACE ? beyondPrevious : OTHER) | (next & SPACE ? beyondNext : OTHER);
      return ((previous | next | beyondBlank) & ASSIGNABLE) !== 0;
    }
    default:
      return foldClass satisfies never;
  }
}

/** Which characters fold in a run of invisible ones and combining marks. */
export interface RunFold {
  readonly invisible: boolean;
  readonly mark: boolean;
}

/** A run is judged whole, so that a long one costs no more than its length. */
export function foldOfInvisibleRun(left: Characters, leftEnd: number, right: Characters, rightStart: number): RunFold {
  const previousAt = characterBefore(left, leftEnd);
  const previous = neighbourAt(left, previousAt);
  // After a symbol that has not folded, such as that of an emoji, it goes on being ordinary text.
  if (previous === OTHER || left.bytes[previousAt]! >= 0x80) return KEEPS_RUN;
  return (previous & TOKEN) !== 0 || neighbourAt(right, rightStart) !== OTHER ? FOLDS_RUN : FOLDS_MARKS;
}

/** Offset past the word that goes on at `from`. */
export function wordEnd(right: Characters, from: number): number {
  let at = from;
  while (wordPartAt(right, at) !== NOT_IN_WORD) at = characterEnd(right, at);
  return at;
}

/**
 * True when the look-alike letters of a word fold: something Latin stands in it. A
 * word all in one foreign script is a word of that language. `leftEnd` is where
 * the first look-alike stands.
 */
export function wordFolds(
  left: Characters,
  leftEnd: number,
  right: Characters,
  rightStart: number,
  rightEnd: number,
): boolean {
  for (let at = rightStart; at < rightEnd; at = characterEnd(right, at)) {
    if (wordPartAt(right, at) === LATIN) return true;
  }
  for (let at = characterBefore(left, leftEnd); ; at = characterBefore(left, at)) {
    const part = wordPartAt(left, at);
    if (part === LATIN) return true;
    if (part === NOT_IN_WORD) return false;
  }
}

type ClassInContext = Parameters<typeof foldsInContext>[0];

/** `foldsInContext` is false when the character before is none of these, and the one behind none of `NEXT_THAT_MATTERS`. */
export const PREVIOUS_THAT_MATTERS: Readonly<Record<ClassInContext, number>> = {
  strong: TOKEN | SEPARATOR | INVISIBLE,
  hyphen: TOKEN | SEPARATOR | INVISIBLE,
  betweenDigits: DIGIT | SEPARATOR | INVISIBLE,
  space: TOKEN | ASSIGN | QUOTE | SPACE | INVISIBLE,
  sign: TOKEN | INVISIBLE,
  connector: TOKEN | INVISIBLE,
  assign: DIGIT | LETTER | QUOTE | ASSIGN | SPACE | INVISIBLE,
  quote: ASSIGN | SPACE | INVISIBLE,
};

const NOTHING = 0;

export const NEXT_THAT_MATTERS: Readonly<Record<ClassInContext, number>> = {
  strong: TOKEN | SEPARATOR | INVISIBLE,
  hyphen: NOTHING,
  betweenDigits: NOTHING,
  space: DIGIT | INVISIBLE,
  sign: DIGIT | INVISIBLE,
  connector: NOTHING,
  assign: DIGIT | LETTER | QUOTE | ASSIGN | SPACE | INVISIBLE,
  quote: NOTHING,
};

/** A key or a value, bare or quoted. */
const ASSIGNABLE = DIGIT | LETTER | QUOTE | ASSIGN;

const KEEPS_RUN: RunFold = { invisible: false, mark: false };
const FOLDS_MARKS: RunFold = { invisible: false, mark: true };
const FOLDS_RUN: RunFold = { invisible: true, mark: true };

/** The neighbour itself is one of those wanted, or a digit stands behind one separator. */
function joins(neighbour: number, beyond: number, wanted: number): boolean {
  return (neighbour & wanted) !== 0 || (beyond & DIGIT) !== 0;
}

function separatesTokens(previous: number, next: number): boolean {
  const tokens = TOKEN | ASSIGN | QUOTE;
  const side = tokens | SPACE;
  return (previous & side) !== 0 && (next & side) !== 0 && ((previous | next) & tokens) !== 0;
}
