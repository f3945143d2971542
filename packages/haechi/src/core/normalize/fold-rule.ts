import {
  type Characters,
  characterBefore,
  characterEnd,
  codePointAt,
  foldEntryAt,
  LATIN,
  NOT_IN_WORD,
  neighbourAt,
  visibleBefore,
  visibleFrom,
  wordPartAt,
} from "./characters.ts";
import type { FoldClass } from "./fold-class.ts";
import { FOLD_ENTRIES } from "./fold-table.ts";
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
  if (previous === OTHER && foldClass !== "space" && NEXT_THAT_MATTERS[foldClass] === NOTHING) return false;
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
      if (((previous | next) & DIGIT) !== 0 || separatesTokens(previous, next)) return true;
      // Labels and phrases are written in all scripts.
      if ((next & ASSIGN) !== 0) return isInWord(left, previousAt);
      return isInSpacedWord(left, previousAt) && isInSpacedWord(right, nextAt);
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

/**
 * A run is judged whole, so that a long one costs no more than its length. It stands in `right` from `runStart` to
 * `rightStart`.
 */
export function foldOfInvisibleRun(
  left: Characters,
  leftEnd: number,
  right: Characters,
  runStart: number,
  rightStart: number,
): RunFold {
  const previousAt = characterBefore(left, leftEnd);
  const previous = neighbourAt(left, previousAt);
  const isHidden = () => runHolds(right, runStart, rightStart, "invisible");
  if (previous === OTHER || left.bytes[previousAt]! >= 0x80) {
    // Accents belong to a foreign letter, and what follows the symbol of an emoji makes it another one; beside a letter
    // of any script, what cannot be seen only hides it from whoever looks for it.
    return isHidden() && isInWord(left, previousAt) ? FOLDS_INVISIBLE : KEEPS_RUN;
  }
  if ((previous & TOKEN) !== 0 || neighbourAt(right, rightStart) !== OTHER) return FOLDS_RUN;
  return isHidden() && isInWord(right, rightStart) ? FOLDS_RUN : FOLDS_MARKS;
}

/** True when one of the characters from `from` to `to`, which all fold somewhere, is of the class. */
export function runHolds(text: Characters, from: number, to: number, foldClass: FoldClass): boolean {
  for (let at = from; at < to; at = characterEnd(text, at)) {
    if (FOLD_ENTRIES[foldEntryAt(text, at)]!.foldClass === foldClass) return true;
  }
  return false;
}

/** True for a letter, and for the vowel signs and accents that follow one. */
function isInWord(text: Characters, at: number): boolean {
  return at >= text.start && at < text.end && IN_WORD.test(String.fromCodePoint(codePointAt(text, at)));
}

/** The same of scripts that set words apart by blanks: Japanese and Chinese set apart whole phrases, by a blank of their own. */
function isInSpacedWord(text: Characters, at: number): boolean {
  if (!isInWord(text, at)) return false;
  return !/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(String.fromCodePoint(codePointAt(text, at)));
}

// Some symbols of emoji are letters (the sign of information), and what chooses their look is a mark.
const IN_WORD = /^(?!\p{Emoji}|\p{Variation_Selector})[\p{L}\p{Mn}\p{Mc}]$/u;

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

/** Of the space, letters of all scripts matter on both sides. */
type ClassInContext = Exclude<Parameters<typeof foldsInContext>[0], "space">;

/** `foldsInContext` is false when the character before is none of these, and the one behind none of `NEXT_THAT_MATTERS`. */
export const PREVIOUS_THAT_MATTERS: Readonly<Record<ClassInContext, number>> = {
  strong: TOKEN | SEPARATOR | INVISIBLE,
  hyphen: TOKEN | SEPARATOR | INVISIBLE,
  betweenDigits: DIGIT | SEPARATOR | INVISIBLE,
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
  sign: DIGIT | INVISIBLE,
  connector: NOTHING,
  assign: DIGIT | LETTER | QUOTE | ASSIGN | SPACE | INVISIBLE,
  quote: NOTHING,
};

/** A key or a value, bare or quoted. */
const ASSIGNABLE = DIGIT | LETTER | QUOTE | ASSIGN;

const KEEPS_RUN: RunFold = { invisible: false, mark: false };
const FOLDS_INVISIBLE: RunFold = { invisible: true, mark: false };
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
