import { bytewise, casesOf, type Needle, needle, needlesFor } from "./needles.ts";

/** Needles for the words without one of which a labelled rule finds nothing. Rules have many words in common. */
export class LabelNeedles {
  readonly #byWord = new Map<string, readonly Needle[]>();

  for(words: readonly string[]): Needle[] {
    return words.flatMap((word) => {
      const known = this.#byWord.get(word) ?? needlesForWord(word).map((one) => markedOff(one, word));
      this.#byWord.set(word, known);
      return known;
    });
  }
}

/** True when each of the words can be seen in bytes. */
export function canBeSeen(words: readonly string[]): boolean {
  return words.every((word) => SAFE_PAIR.test(word) || needlesForWord(word).length > 0);
}

// For these there is always a needle.
const SAFE_PAIR = /[^"\\/\p{Cc}]{2}/u;

/** As words are held against a text: not as a part of a longer run of letters. */
function markedOff(one: Needle, word: string): Needle {
  const { text, lead } = one;
  return {
    ...one,
    opensWord: lead === 0 && /^[a-z]/i.test(text),
    closesWord: /[a-z]$/i.test(word) && bytewise(word.slice(lead)).length === text.length,
  };
}

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
