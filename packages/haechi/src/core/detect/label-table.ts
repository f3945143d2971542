import { casesOf, type Needle, needlesFor, withoutLonger } from "./literal-table.ts";
import type { Rule } from "./rule.ts";

/** Needles for the words without one of which a labelled rule finds nothing. */
export function needlesForLabels<Owner extends { readonly rule: Rule }>(owner: Owner): Needle<Owner>[] {
  const words = owner.rule.detector.context!.requires!;
  return withoutLonger(words.flatMap((word) => needlesForWord(word, owner).map((needle) => markedOff(needle, word))));
}

/** True when each of the words can be seen in bytes. */
export function canBeSeen(words: readonly string[]): boolean {
  return words.every((word) => needlesForWord(word, null).length > 0);
}

/** As words are held against a text: not as a part of a longer run of letters. */
function markedOff<Owner>(needle: Needle<Owner>, word: string): Needle<Owner> {
  const text = utf8Text.decode(needle.bytes);
  const opensWord = needle.lead === 0 && /^[a-z]/i.test(text);
  const closesWord = needle.lead + text.length === word.length && /[a-z]$/i.test(text);
  return { ...needle, opensWord, closesWord };
}

function needlesForWord<Owner>(word: string, owner: Owner): Needle<Owner>[] {
  const needles = needlesFor(word, true, owner);
  if (needles.length > 0) return needles;
  // Of `a/c`, no two characters are always written the same: in JSON, a backslash may stand between them.
  const [part, before = "", sign = "", after = ""] = /([^"\\/\p{Cc}])(["\\/])([^"\\/\p{Cc}])/u.exec(word) ?? [];
  if (part === undefined) return [];
  const lead = word.indexOf(part);
  return casesOf(before).flatMap((first) =>
    casesOf(after).flatMap((last) =>
      [sign, `\\${sign}`].map((written) => ({
        owner,
        bytes: utf8.encode(first + written + last),
        ignoreCase: false,
        lead,
      })),
    ),
  );
}

const utf8 = new TextEncoder();
const utf8Text = new TextDecoder();
