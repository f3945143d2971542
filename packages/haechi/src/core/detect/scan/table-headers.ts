/**
 * The headers of the tables in a text: CSV and TSV, Markdown, whatever has lines with the
 * same number of the same delimiter. A table is a block of such lines, one below the other,
 * and the first of them is its header. Lines are read once, from front to back, as far as
 * somebody asks, and remembered. Lines of JSON are no table. A text that is scanned as it streams has no headers: its
 * beginning is gone.
 */
export class TableHeaders {
  #text = "";
  /** The lines that have been read, one below the other: where they begin, and the tables in which they stand. */
  readonly #starts: number[] = [];
  readonly #rows: (Row | null)[] = [];
  /** Past the last of them, with its line feed. */
  #linesEnd = 0;
  /** The one that was asked for last. */
  #line = NO_LINE;
  /** By delimiter: how many of it the lines of the block have, and where the first of them stands. */
  readonly #delimitersOfBlock = new Int32Array(DELIMITERS.length);
  readonly #headerStart = new Int32Array(DELIMITERS.length);
  readonly #headerEnd = new Int32Array(DELIMITERS.length);
  readonly #delimitersOfLine = new Int32Array(DELIMITERS.length);
  #lastRow: Row | null = null;
  /** The delimiters of the row that stand in the line before the place that was asked for last. */
  #delimitersBefore = 0;
  #askedAt = 0;
  #isQuoted = false;

  open(text: string): void {
    this.#text = text;
    this.#goTo(0);
    this.#lastRow = null;
  }

  /**
   * The header of the column in which the index stands; null when it stands in no table or
   * in the first line of one, or when that first line is too far before it. What is long or
   * holds a number is no header. Cheapest for indexes that are close to each other.
   */
  headerAt(index: number): string | null {
    const row = this.#rowAt(index);
    if (row === null || !row.hasHeaders) return null;
    this.#countTo(index, row.delimiter);
    return row.headers[this.#delimitersBefore] ?? null;
  }

  /**
   * All that `headerAt` may say of the line in which the index stands: empty when it stands in no table.
   * Of the lines of one table, it is the same array, and costs nothing when the line has been read.
   */
  headersOver(index: number): readonly (string | null)[] {
    const row = this.#rowAt(index);
    return row === null || !row.hasHeaders ? NO_HEADERS : row.headers;
  }

  #rowAt(index: number): Row | null {
    const starts = this.#starts;
    if (index < (starts[0] ?? this.#linesEnd)) this.#goTo(0);
    if (index - this.#linesEnd > LOOK_BACK_MAX) this.#goTo(this.#lineBehind(index - LOOK_BACK_MAX));
    while (this.#linesEnd <= index && this.#linesEnd < this.#text.length) this.#readLine();
    if (starts.length === 0) return null;
    let line = Math.max(0, this.#line);
    while (starts[line]! > index) line--;
    while (line + 1 < starts.length && starts[line + 1]! <= index) line++;
    if (line !== this.#line) this.#startCounting(line);
    return this.#rows[line]!;
  }

  #lineBehind(place: number): number {
    const newline = this.#text.indexOf("\n", place);
    return newline === -1 ? this.#text.length : newline + 1;
  }

  /** Reads on from the beginning of a line; whether it belongs to a table whose header stands above is not known. */
  #goTo(lineStart: number): void {
    // Texts seldom hold tables, and emptying an empty list takes time.
    if (this.#starts.length > 0) this.#starts.length = this.#rows.length = 0;
    this.#linesEnd = lineStart;
    this.#line = NO_LINE;
    this.#delimitersOfBlock.fill(lineStart === 0 ? 0 : UNKNOWN);
  }

  #readLine(): void {
    const lineStart = this.#linesEnd;
    this.#linesEnd = this.#countLine(lineStart);
    let table = -1;
    for (let at = DELIMITERS.length - 1; at >= 0; at--) {
      const above = this.#delimitersOfBlock[at]!;
      const count = this.#delimitersOfLine[at]!;
      if (above !== count) {
        this.#delimitersOfBlock[at] = count;
        this.#headerStart[at] = above === UNKNOWN ? UNKNOWN : lineStart;
        this.#headerEnd[at] = this.#linesEnd;
      }
      if (count > 0 && this.#headerStart[at]! < lineStart) table = at;
    }
    this.#starts.push(lineStart);
    this.#rows.push(table === -1 ? null : this.#rowOf(table));
  }

  /** Counts the delimiters of the line that begins there, but for those within quotes, and says where it ends. */
  #countLine(start: number): number {
    const text = this.#text;
    const counts = this.#delimitersOfLine.fill(0);
    for (let at = start; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let kind = unit < 0x80 ? KIND_BY_CODE[unit]! : PLAIN;
      if (kind === PLAIN) continue;
      if (kind === QUOTE) {
        at = quoteEnd(text, at + 1);
        if (at === text.length || text.charCodeAt(at) === QUOTE_CODE) continue;
        kind = NEWLINE;
      }
      if (kind === NEWLINE) return at + 1;
      counts[kind]!++;
    }
    return text.length;
  }

  #startCounting(line: number): void {
    this.#line = line;
    this.#askedAt = this.#starts[line]!;
    this.#isQuoted = false;
    this.#delimitersBefore = 0;
  }

  /** Counts on, or back, to the index. */
  #countTo(index: number, delimiter: number): void {
    const text = this.#text;
    let isQuoted = this.#isQuoted;
    let before = this.#delimitersBefore;
    const isBack = index < this.#askedAt;
    const past = Math.max(index, this.#askedAt);
    const step = isBack ? -1 : 1;
    for (let at = isBack ? past - 1 : this.#askedAt; isBack ? at >= index : at < past; at += step) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE_CODE) isQuoted = !isQuoted;
      else if (unit === delimiter && !isQuoted) before += step;
    }
    this.#isQuoted = isQuoted;
    this.#delimitersBefore = before;
    this.#askedAt = index;
  }

  #rowOf(table: number): Row | null {
    const start = this.#headerStart[table]!;
    if (start === UNKNOWN) return null;
    const delimiter = DELIMITERS[table]!.charCodeAt(0);
    const known = this.#lastRow;
    if (known !== null && known.start === start && known.delimiter === delimiter) return known;
    const line = this.#text.slice(start, this.#headerEnd[table]!);
    // Lines of JSON may have the same number of commas, and no header.
    const headers =
      line.startsWith("{") || line.startsWith("[") ? NO_HEADERS : cellsOf(line, DELIMITERS[table]!).map(asHeader);
    this.#lastRow = { start, delimiter, headers, hasHeaders: headers.some((header) => header !== null) };
    return this.#lastRow;
  }
}

/** The first line of a table. */
interface Row {
  readonly start: number;
  /** Its code. */
  readonly delimiter: number;
  readonly headers: readonly (string | null)[];
  readonly hasHeaders: boolean;
}

// Commas are also in sentences, the others seldom.
export const DELIMITERS = ["\t", "|", ";", ","] as const;
const QUOTE_CODE = 0x22;
const NEWLINE_CODE = 0x0a;

// What a unit is: the index of a delimiter, or one of these.
const PLAIN = -1;
const QUOTE = DELIMITERS.length;
const NEWLINE = QUOTE + 1;
const KIND_BY_CODE = Int8Array.from({ length: 0x80 }, (_, code) => {
  if (code === QUOTE_CODE) return QUOTE;
  return code === NEWLINE_CODE ? NEWLINE : DELIMITERS.findIndex((delimiter) => delimiter.charCodeAt(0) === code);
});

const UNKNOWN = -1;
const NO_LINE = -1;
const NO_HEADERS: readonly (string | null)[] = [];

/** In characters; what is longer is no header. */
export const HEADER_LENGTH_MAX = 40;
const NUMBER = /\d{3}/;

// A table that is read in one go may be longer; this far is gone back for one that is not.
const LOOK_BACK_MAX = 64 * 1024;

/** Where the next quote stands, or the end of the line that comes first. */
function quoteEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE_CODE || unit === NEWLINE_CODE) break;
  }
  return at;
}

function asHeader(cell: string): string | null {
  return cell.length > HEADER_LENGTH_MAX || NUMBER.test(cell) ? null : cell;
}

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
