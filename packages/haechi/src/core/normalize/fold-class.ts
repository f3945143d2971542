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
  /** What a code point of the run folds to. */
  readonly textOf: (codePoint: number) => string;
}

export function* parseFoldRuns(runs: FoldRuns): Generator<FoldRun> {
  for (const run of runs.split(" ")) {
    const [, start = "", more = "0", text = ""] = RUN_SYNTAX.exec(run) ?? [];
    const first = Number.parseInt(start, 16);
    const last = first + Number.parseInt(more, 16);
    const counts = last > first && COUNTS_UP.test(text);
    const textOf = (codePoint: number) =>
      counts ? String.fromCodePoint(text.charCodeAt(0) + codePoint - first) : text;
    yield { first, last, textOf };
  }
}

const RUN_SYNTAX = /^([0-9a-f]+)(?:\+([0-9a-f]+))?(?:=(.+))?$/;
const COUNTS_UP = /^[A-Za-z0-9]$/;
