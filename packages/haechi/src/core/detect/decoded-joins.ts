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

/**
 * False when `joinedText` finds nothing in the stretch, which is UTF-8, perhaps with JSON
 * escapes. It is false of most ordinary text.
 */
export function mayHoldJoins(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = 0;
  let singles = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    digits += IS_DIGIT[byte]!;
    // The same sign comes again two bytes on, as it does round single characters.
    if (byte === bytes[at + 2] && KIND[byte]! >= USUAL && bytes[at + 1] !== byte) singles++;
  }
  return singles >= SINGLES_MIN || (digits > 0 && mayHoldNumber(bytes, start, end));
}

function mayHoldNumber(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at]!;
    const kind = KIND[byte]!;
    if (kind === NO_JOIN) continue;
    if (kind === LOOK_ALIKE) {
      if (continuesDigits(bytes, at, -1) && continuesDigits(bytes, at, 1) && isAmongDigits(bytes, at, start, end))
        return true;
      continue;
    }
    if (!isDigit(bytes[at - 1]!)) continue;
    let next = at + 1;
    while (next < end && next < at + SEPARATOR_BYTES_MAX && KIND[bytes[next]!]! >= USUAL) next++;
    if (byte === BACKSLASH && next === at + 1 && ESCAPED_BLANKS.includes(bytes[next]!)) next++;
    if (!isDigit(bytes[next]!)) continue;
    // Between groups of one and two these are times, dates and decimals; a hyphen, dot or blank the rules know themselves.
    const isLong = isDigit(bytes[at - 3]!) && isDigit(bytes[at - 2]!) && isDigit(bytes[next + 2]!);
    const isOdd = kind === UNUSUAL || (isLong && (kind === COMMON || next > at + 1));
    // An IBAN is set apart after four characters.
    const isAccount = at - start >= 4 && isCapital(bytes[at - 4]!) && isCapital(bytes[at - 3]!);
    if ((isOdd || isAccount) && isAmongDigits(bytes, at, start, end)) return true;
  }
  return false;
}

const SINGLES_MIN = 5;
const SEPARATOR_BYTES_MAX = 5;
const NEAR_BYTES = 24;
const BACKSLASH = 0x5c;

const NO_JOIN = 0;
const LOOK_ALIKE = 1;
/** Kinds of separators. */
const USUAL = 2;
const COMMON = 3;
const UNUSUAL = 4;

const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if ("OoIl".includes(character)) return LOOK_ALIKE;
  if (" -.".includes(character)) return USUAL;
  if (":/,".includes(character)) return COMMON;
  return "_\\|*;~#+\t\n\r".includes(character) ? UNUSUAL : NO_JOIN;
});

const IS_DIGIT = Uint8Array.from({ length: 256 }, (_, byte) => (isDigit(byte) ? 1 : 0));

/** The letters of the escapes for the end of a line and for a tab. */
const ESCAPED_BLANKS: readonly number[] = [0x6e, 0x72, 0x74];

/** A digit, or what looks like one, is the next on that side, perhaps behind a separator. */
function continuesDigits(bytes: Uint8Array, at: number, step: 1 | -1): boolean {
  const next = bytes[at + step]!;
  return isDigitLike(next) || (KIND[next] === USUAL && isDigitLike(bytes[at + 2 * step]!));
}

/** So many stand near that they may be an identifier. */
function isAmongDigits(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  let digits = 0;
  const last = Math.min(at + NEAR_BYTES, end);
  for (let near = Math.max(at - NEAR_BYTES, start); near < last; near++) if (isDigitLike(bytes[near]!)) digits++;
  return digits >= DIGITS_MIN;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isDigitLike(byte: number): boolean {
  return isDigit(byte) || KIND[byte] === LOOK_ALIKE;
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}
