import { CLOSES_WORD, IGNORE_CASE, type NeedleList, OPENS_WORD } from "../tables/needle-list.ts";
import { bytewise, casesOf, isPlain, type Needle, needle, needlesFor } from "../tables/needles.ts";

/** Adds needles for the words without one of which a labelled rule finds nothing. */
export function addLabelNeedles(list: NeedleList, owner: number, words: readonly string[]): void {
  for (const word of words) {
    if (isPlain(word)) list.add(owner, word.toLowerCase(), kindOfPlain(word));
    else for (const one of needlesForWord(word)) list.addNeedle(owner, markedOff(one, word));
  }
}

/** True when each of the words can be seen in bytes. */
export function canBeSeen(words: readonly string[]): boolean {
  return words.every((word) => isPlain(word) || SAFE_PAIR.test(word) || needlesForWord(word).length > 0);
}

// For these there is always a needle.
const SAFE_PAIR = /[^"\\/\p{Cc}]{2}/u;

/** As words are held against a text: not as a part of a longer run of letters. */
function markedOff(one: Needle, word: string): Needle {
  const { text, lead } = one;
  return {
    ...one,
    opensWord: lead === 0 && isLetter(text.charCodeAt(0)),
    closesWord: isLetter(word.charCodeAt(word.length - 1)) && bytewise(word.slice(lead)).length === text.length,
  };
}

function kindOfPlain(word: string): number {
  const opens = isLetter(word.charCodeAt(0)) ? OPENS_WORD : 0;
  return IGNORE_CASE | opens | (isLetter(word.charCodeAt(word.length - 1)) ? CLOSES_WORD : 0);
}

function isLetter(unit: number): boolean {
  const small = unit | CASE_BIT;
  return small >= SMALL_A && small <= SMALL_Z;
}

const CASE_BIT = 0x20;
const SMALL_A = 0x61;
const SMALL_Z = 0x7a;

function needlesForWord(word: string): Needle[] {
  const needles = needlesFor(word, true);
  if (needles.length > 0) return needles;
  // Of `a/c`, no two characters are always written the same: in JSON, a backslash may stand between them.
  const [part, before = "", sign = "", after = ""] = /([^"\\/\p{Cc}])(["\\/])([^"\\/\p{Cc}])/u.exec(word) ?? [];
  if (part === undefined) return [];
  const lead = word.indexOf(part);
  return casesOf(before).flatMap((first) =>
    casesOf(after).flatMap((last) =>
      [sign, `\\${sign}`].map((written) => needle(bytewise(first + written + last), false, lead)),
    ),
  );
}
