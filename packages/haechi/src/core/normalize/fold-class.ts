/**
 * What a non-ASCII character may turn into when it stands where a rule would
 * read it. The class says in which context it folds (see `fold-rule.ts`).
 */
export type FoldClass =
  /** A letter, digit, `@` or `_` in another dress: compatibility forms and decimal digits of any script. */
  | "strong"
  /** A letter or digit of another script that looks like a Latin one. */
  | "homoglyph"
  /** Invisible: zero-width, bidirectional control, soft hyphen, variation selector, tag. */
  | "invisible"
  /** A combining mark, which decorates the character before it. */
  | "mark"
  /** A hyphen or minus other than the ASCII one. */
  | "hyphen"
  /** Ordinary text between words, a separator only between digits: em dash, prolonged sound mark, middle dot. */
  | "betweenDigits"
  /** A space other than the ASCII one. */
  | "space"
  /** Brackets and plus of a telephone number. */
  | "sign"
  /** Any other compatibility form of ASCII punctuation: joins two tokens. */
  | "connector"
  /** Colon, equals sign, straight quotes in another dress. */
  | "assign"
  /** A typographic quotation mark: a quote only when it opens an assigned value. */
  | "quote";

/**
 * Runs of code points, separated by spaces: `start[+more][=text]`, numbers in
 * hexadecimal. `more` is the count of code points after the first. `text` is what
 * the first one folds to; along a run a single letter or digit counts up.
 */
export type FoldRuns = string;

export interface FoldRun {
  readonly first: number;
  readonly last: number;
  /** What the first code point folds to. */
  readonly text: string;
}

export function parseFoldRuns(runs: FoldRuns): FoldRun[] {
  return runs.split(" ").map((run) => {
    const textAt = run.indexOf("=");
    const numbers = textAt < 0 ? run : run.slice(0, textAt);
    const moreAt = numbers.indexOf("+");
    const first = Number.parseInt(numbers, 16);
    const more = moreAt < 0 ? 0 : Number.parseInt(numbers.slice(moreAt + 1), 16);
    return { first, last: first + more, text: textAt < 0 ? "" : run.slice(textAt + 1) };
  });
}

/** True when every code point of the run folds to a text of its own. */
export function countsUp({ first, last, text }: FoldRun): boolean {
  return last > first && text.length === 1 && isLetterOrDigit(text.charCodeAt(0));
}

/** What a code point of the run folds to. */
export function textInRun(run: FoldRun, codePoint: number): string {
  return countsUp(run) ? String.fromCharCode(run.text.charCodeAt(0) + codePoint - run.first) : run.text;
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
