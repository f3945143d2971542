/**
 * The headers of the tables in a text: CSV and TSV, Markdown, whatever has lines with the
 * same number of the same delimiter. A table is a block of such lines, one below the other,
 * and the first of them is its header. Lines are read once, from front to back, as far as
 * somebody asks. A text that is scanned as it streams has no headers: its beginning is gone.
 */
export class TableHeaders {
  #text = "";
  /** The line that was read last, with its line feed. */
  #lineStart = 0;
  #lineEnd = 0;
  /** By delimiter: how many of it the lines of the block have, and where the first of them stands. */
  readonly #delimitersOfBlock = new Int32Array(DELIMITERS.length);
  readonly #headerStart = new Int32Array(DELIMITERS.length);
  readonly #headerEnd = new Int32Array(DELIMITERS.length);
  /** By delimiter: how many stand in the last line before the place that was asked for last. */
  readonly #delimitersBefore = new Int32Array(DELIMITERS.length);
  #askedAt = 0;
  #isQuoted = false;
  #cells: { readonly start: number; readonly delimiter: string; readonly texts: readonly string[] } = NO_CELLS;

  open(text: string): void {
    this.#text = text;
    this.#goTo(0);
    this.#cells = NO_CELLS;
  }

  /**
   * The header of the column in which the index stands; null when it stands in no table or
   * in the first line of one, or when that first line is too far before it. What is long or
   * holds a number is no header. Cheapest for indexes that rise.
   */
  headerAt(index: number): string | null {
    if (index < this.#lineStart) this.#goTo(0);
    if (index - this.#lineEnd > LOOK_BACK_MAX) this.#goTo(this.#lineBehind(index - LOOK_BACK_MAX));
    while (this.#lineEnd <= index && this.#lineEnd < this.#text.length) this.#readLine();
    for (const [at, delimiter] of DELIMITERS.entries()) {
      const isTable = this.#delimitersOfBlock[at]! > 0 && this.#headerStart[at]! < this.#lineStart;
      if (!isTable) continue;
      if (this.#headerStart[at]! === UNKNOWN) return null;
      this.#countTo(index);
      const header = this.#headers(at, delimiter)[this.#delimitersBefore[at]!];
      return header === undefined || header.length > HEADER_LENGTH_MAX || NUMBER.test(header) ? null : header;
    }
    return null;
  }

  #lineBehind(place: number): number {
    const newline = this.#text.indexOf("\n", place);
    return newline === -1 ? this.#text.length : newline + 1;
  }

  /** Reads on from the beginning of a line; whether it belongs to a table whose header stands above is not known. */
  #goTo(lineStart: number): void {
    this.#lineStart = lineStart;
    this.#lineEnd = lineStart;
    this.#delimitersOfBlock.fill(lineStart === 0 ? 0 : UNKNOWN);
    this.#startCounting();
  }

  #readLine(): void {
    this.#lineStart = this.#lineEnd;
    this.#lineEnd = this.#lineBehind(this.#lineStart);
    this.#startCounting();
    this.#countTo(this.#lineEnd);
    for (let at = 0; at < DELIMITERS.length; at++) {
      const above = this.#delimitersOfBlock[at]!;
      if (above === this.#delimitersBefore[at]) continue;
      this.#delimitersOfBlock[at] = this.#delimitersBefore[at]!;
      this.#headerStart[at] = above === UNKNOWN ? UNKNOWN : this.#lineStart;
      this.#headerEnd[at] = this.#lineEnd;
    }
    this.#startCounting();
  }

  #startCounting(): void {
    this.#askedAt = this.#lineStart;
    this.#isQuoted = false;
    this.#delimitersBefore.fill(0);
  }

  /** Counts the delimiters of the line up to the index, but for those within quotes. */
  #countTo(index: number): void {
    if (index < this.#askedAt) this.#startCounting();
    let isQuoted = this.#isQuoted;
    for (let at = this.#askedAt; at < index; at++) {
      const unit = this.#text.charCodeAt(at);
      const delimiter = unit < 0x80 ? DELIMITER_BY_CODE[unit]! : -1;
      if (delimiter >= 0) this.#delimitersBefore[delimiter]! += isQuoted ? 0 : 1;
      else if (unit === QUOTE) isQuoted = !isQuoted;
    }
    this.#isQuoted = isQuoted;
    this.#askedAt = index;
  }

  #headers(at: number, delimiter: string): readonly string[] {
    const start = this.#headerStart[at]!;
    if (this.#cells.start !== start || this.#cells.delimiter !== delimiter) {
      const line = this.#text.slice(start, this.#headerEnd[at]!);
      this.#cells = { start, delimiter, texts: cellsOf(line, delimiter) };
    }
    return this.#cells.texts;
  }
}

// Commas are also in sentences, the others seldom.
const DELIMITERS = ["\t", "|", ";", ","] as const;
const DELIMITER_BY_CODE = Int8Array.from({ length: 0x80 }, (_, code) =>
  DELIMITERS.findIndex((delimiter) => delimiter.charCodeAt(0) === code),
);
const QUOTE = 0x22;

const UNKNOWN = -1;
const NO_CELLS = { start: UNKNOWN, delimiter: "", texts: [] };

const HEADER_LENGTH_MAX = 40;
const NUMBER = /\d{3}/;

// A table that is read in one go may be longer; this far is gone back for one that is not.
const LOOK_BACK_MAX = 64 * 1024;

function cellsOf(line: string, delimiter: string): string[] {
  const cells = [""];
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) cells.push("");
    else cells[cells.length - 1] += character;
  }
  return cells.map((cell) => cell.trim());
}
