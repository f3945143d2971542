// A phrase as data: groups of words one behind the other. What it becomes is a
// pattern of bounded repetitions, and how far the word that finds it may stand
// behind its start.

/** What may stand at one place of a phrase. */
export type PhrasePart =
  /** One of the words. */
  | { readonly oneOf: readonly string[] }
  /** None, or so many of the words. */
  | { readonly upTo: number; readonly words: readonly string[] }
  /** One of the phrases. */
  | { readonly either: readonly (readonly PhrasePart[])[] };

export interface Script {
  /** What stands between two words. */
  readonly gap: string;
  /** Words are set apart by blanks, so one that is a part of a longer word is another word. */
  readonly hasWordEdges: boolean;
}

export const SPACED: Script = { gap: "[\\s,;:'\"*_()-]{1,4}", hasWordEdges: true };
/** Chinese, Japanese, Korean, and Hindi with its particles: words join. */
export const JOINED: Script = { gap: "[\\s、，,：:'\"「」『』*]{0,3}", hasWordEdges: false };

// Letters and digits of scripts that set words apart: Latin, Greek, Cyrillic, Arabic and others.
const WORD_CHARACTER = "[\\w\\u00c0-\\u024f\\u0370-\\u1fff]";

/** A pattern for the phrase, in any case. */
export function phrasePattern(parts: readonly PhrasePart[], script: Script): RegExp {
  const source = sourceOfAll(parts, script);
  return new RegExp(script.hasWordEdges ? `(?<!${WORD_CHARACTER})(?:${source})(?!${WORD_CHARACTER})` : source, "i");
}

/** The longest text that the parts can match, with what stands behind each. */
export function lengthOfAll(parts: readonly PhrasePart[]): number {
  return parts.reduce((length, part) => length + lengthOf(part), 0);
}

function sourceOfAll(parts: readonly PhrasePart[], script: Script): string {
  return parts.map((part, index) => sourceOf(part, index > 0, script)).join("");
}

function sourceOf(part: PhrasePart, isBehindAnother: boolean, script: Script): string {
  const gap = isBehindAnother ? script.gap : "";
  if ("either" in part) {
    return `${gap}(?:${part.either.map((phrase) => sourceOfAll(phrase, script)).join("|")})`;
  }
  if ("oneOf" in part) return `${gap}(?:${anyWord(part.oneOf, script)})`;
  return `(?:${script.gap}(?:${anyWord(part.words, script)})){0,${part.upTo}}`;
}

function anyWord(words: readonly string[], { hasWordEdges }: Script): string {
  // A blank within a word is one blank, so that the word is a literal; where words join it may be any, or left out.
  const blank = hasWordEdges ? " " : "\\s?";
  // The longer first: what begins with a shorter word is not cut there.
  return words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(" ", blank))
    .join("|");
}

/** Literals of which one stands in each of the words: all of it, or where blanks may be left out its longest part. */
export function literalsOf(words: readonly string[], { hasWordEdges }: Script): readonly string[] {
  return hasWordEdges ? words : words.map(longestPart);
}

/** How far behind its beginning that literal may stand in one of the words. */
export function literalLead(words: readonly string[], script: Script): number {
  const literals = literalsOf(words, script);
  return Math.max(...words.map((word, at) => word.indexOf(literals[at]!)));
}

function longestPart(word: string): string {
  return word.split(" ").reduce((longest, part) => (part.length > longest.length ? part : longest));
}

const GAP_LENGTH_MAX = 4;

function lengthOf(part: PhrasePart): number {
  if ("either" in part) return Math.max(...part.either.map(lengthOfAll));
  const [words, times] = "oneOf" in part ? [part.oneOf, 1] : [part.words, part.upTo];
  return times * (Math.max(...words.map((word) => word.length)) + GAP_LENGTH_MAX);
}
