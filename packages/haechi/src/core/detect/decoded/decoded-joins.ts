/** What stands apart in a text, put together, as one text to scan. */
export interface JoinedText {
  /** UTF-8; each stretch behind the words before it, which may say what it is. */
  readonly bytes: Uint8Array;
  /** The byte of the source that a byte of a stretch came from; -1 for any other. */
  readonly originOf: (at: number) => number;
}

/**
 * What UTF-8 may say when separators that no identifier has are read as such, or as
 * nothing: single characters set apart by one sign (`4 1 1 1 …`), groups of digits set apart
 * by an unusual one (`4111|1111|…`), letters that look like digits (`4l11 …`). Tables, times and
 * lists look so, too, so only what passes a check of its own is to be believed.
 */
export function joinedText(source: Uint8Array): JoinedText {
  const stretches = joinedStretches(oneUnitPerByte.decode(source));
  const room = stretches.reduce((sum, { text }) => sum + text.length + CONTEXT_BYTES + GAP.length, 0);
  const bytes = new Uint8Array(room);
  const origins = new Int32Array(room).fill(-1);
  let length = 0;
  for (const { text, origins: from } of stretches) {
    const context = source.subarray(characterFrom(source, Math.max(0, from[0]! - CONTEXT_BYTES)), from[0]!);
    bytes.set(GAP, length);
    bytes.set(context, length + GAP.length);
    length += GAP.length + context.length;
    bytes.set(utf8.encode(text), length);
    origins.set(from.slice(0, text.length), length);
    length += text.length;
  }
  return { bytes: bytes.subarray(0, length), originOf: (at) => origins[at]! };
}

const CONTEXT_BYTES = 48;
const utf8 = new TextEncoder();
/** Nothing that a rule finds spans this. */
const GAP = utf8.encode("\n\ufffd\n");
// A single-byte encoding: a string of as many units as there are bytes.
const oneUnitPerByte = new TextDecoder("windows-1252");

/** The first place from there on at which a character begins. */
function characterFrom(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((bytes[at]! & 0xc0) === 0x80) at++;
  return at;
}

interface JoinedStretch {
  /** ASCII. */
  readonly text: string;
  /** For each character: its offset in the source. */
  readonly origins: readonly number[];
}

function joinedStretches(text: string): JoinedStretch[] {
  const stretches: JoinedStretch[] = [];
  for (const { pattern, read } of JOINS) {
    for (const match of text.matchAll(pattern)) {
      const [found, separator = ""] = match;
      const stretch = read(found, match.index, separator);
      if (isWorthReading(stretch.text)) stretches.push(stretch);
    }
  }
  return stretches;
}

const DIGITS_MIN = 9;
const DIGITS_MAX = 19;

interface Join {
  /** The first group is the separator. */
  readonly pattern: RegExp;
  readonly read: (found: string, start: number, separator: string) => JoinedStretch;
}

const JOINS: readonly Join[] = [
  {
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9+](?=([ \t*|~/])\1{0,2}[^\s])(?:\1{1,3}[A-Za-z0-9@.+_-]){7,80}(?![A-Za-z0-9])/g,
    read: singleCharacters,
  },
  {
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9+](?=([-._])[^\s])(?:\1[A-Za-z0-9@.+_-]){7,80}(?![A-Za-z0-9])/g,
    read: singleCharacters,
  },
  {
    pattern:
      /(?<![A-Za-z0-9])(?<!\d[^A-Za-z\d]{1,2})\d{2,6}(?=([_\\|*:;~#+/]|, ?| -- ?| - |--| [/|] |\r?\n| {2,4}|\t)\d)(?:\1\d{2,7}){1,5}[A-Z]?(?![A-Za-z0-9]|[^A-Za-z\d]{1,2}\d)/g,
    read: (found, start, separator) => joined(found, start, separator, "-"),
  },
  {
    pattern:
      /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=([-_\\|*:;~#+/.,]|, | - |\r?\n| {2}|\t))(?:\1[A-Z0-9]{1,4}){3,8}(?![A-Za-z0-9])/g,
    read: (found, start, separator) => joined(found, start, separator, ""),
  },
  {
    pattern:
      /(?<![A-Za-z0-9])(?:[A-Z]{2}(?=\d))?(?=[\dOoIl -]{0,24}[OoIl])(?=[OoIl -]{0,24}\d)[\dOoIl](?:[ -]?[\dOoIl]){7,22}[A-Z]?(?![A-Za-z0-9])/g,
    read: (found, start) => asDigits(found, start),
  },
];

function singleCharacters(found: string, start: number, separator: string): JoinedStretch {
  const characters: { character: string; at: number }[] = [{ character: found.charAt(0), at: start }];
  for (let at = 1; at < found.length; at++) {
    while (found.charAt(at) === separator && at < found.length - 1) at++;
    characters.push({ character: found.charAt(at), at: start + at });
  }
  return {
    text: characters.map(({ character }) => character).join(""),
    origins: [...characters.map(({ at }) => at), start + found.length],
  };
}

function joined(found: string, start: number, separator: string, by: string): JoinedStretch {
  const groups = found.split(separator);
  const origins: number[] = [];
  let at = start;
  for (const [index, group] of groups.entries()) {
    if (index > 0) {
      if (by !== "") origins.push(at);
      at += separator.length;
    }
    for (let offset = 0; offset < group.length; offset++) origins.push(at++);
  }
  return { text: groups.join(by), origins: [...origins, at] };
}

function asDigits(found: string, start: number): JoinedStretch {
  // The code of a country stands before an account number.
  const prefix = /^[A-Z]{2}\d/.test(found) ? 2 : 0;
  const text = found.slice(0, prefix) + found.slice(prefix).replace(/[Oo]/g, "0").replace(/[Il]/g, "1");
  return { text, origins: Array.from({ length: text.length + 1 }, (_, at) => start + at) };
}

/** Fewer digits are no identifier; a few that come again and again are a list of settings. */
function isWorthReading(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  if (digits < DIGITS_MIN) return /[A-Za-z]/.test(text);
  return (digits <= DIGITS_MAX || /[A-Za-z]/.test(text)) && !/^(.{1,4})\1+$/.test(text);
}
