/**
 * Offset past the markup at `at` that shows nothing between two characters of a value,
 * `at` when there is none: inline elements and comments of HTML, emphasis of Markdown,
 * terminal control sequences (ECMA-48 §5.4). What sets apart (a table cell, a list
 * item) is no such markup.
 * @param before the character before it, 0 when there is none
 */
export function unseenMarkupEnd(bytes: Uint8Array, at: number, end: number, before: number): number {
  if (bytes[at] !== ESCAPE && !isOfValue(before)) return at;
  let past = at;
  let emphasis = false;
  for (let count = 0; count < RUN_MAX; count++) {
    const next = markupEnd(bytes, past, end);
    if (next === past) break;
    emphasis ||= isEmphasis(bytes[past]!);
    past = next;
  }
  if (past === at || past >= end) return at;
  const after = bytes[past]!;
  if (bytes[at] === ESCAPE) return isOfValue(after) ? past : at;
  if (!emphasis) return isOfValue(before) && isOfValue(after) ? past : at;
  if (bytes[at] === ASTERISK && bytes[at + 1] === ASTERISK) return isOfValue(before) && isOfValue(after) ? past : at;
  // Between letters these are a product or a list.
  return (isDigit(before) && isDigit(after)) || joinsAddress(before, after) ? past : at;
}

function markupEnd(bytes: Uint8Array, at: number, end: number): number {
  switch (at < end ? bytes[at]! : 0) {
    case LESS_THAN:
      return elementEnd(bytes, at, end);
    case ESCAPE:
      return controlSequenceEnd(bytes, at, end);
    case ASTERISK:
    case BACKTICK:
    case TILDE: {
      let past = at + 1;
      while (past < end && past - at < EMPHASIS_SIGNS_MAX && bytes[past] === bytes[at]) past++;
      return past;
    }
    default:
      return at;
  }
}

function elementEnd(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at + 1] === EXCLAMATION && bytes[at + 2] === HYPHEN && bytes[at + 3] === HYPHEN) {
    for (let past = at + 6; past < Math.min(end, at + MARKUP_BYTES_MAX); past++) {
      if (bytes[past] === GREATER_THAN && bytes[past - 1] === HYPHEN && bytes[past - 2] === HYPHEN) return past + 1;
    }
    return at;
  }
  let past = bytes[at + 1] === SLASH ? at + 2 : at + 1;
  let name = "";
  while (past < end && isLetter(bytes[past]!) && name.length <= NAME_LENGTH_MAX) {
    name += String.fromCharCode(bytes[past++]! | LOWER_CASE_BIT);
  }
  if (!INLINE_ELEMENTS.has(name) || !endsName(bytes, past)) return at;
  for (const limit = Math.min(end, at + MARKUP_BYTES_MAX); past < limit; past++) {
    if (bytes[past] === GREATER_THAN) return past + 1;
    if (bytes[past] === LESS_THAN) return at;
  }
  return at;
}

/** The end of the tag or an attribute follows; otherwise it is a comparison. */
function endsName(bytes: Uint8Array, past: number): boolean {
  if (bytes[past] === BLANK) return isLetter(bytes[past + 1]!) || bytes[past + 1] === SLASH;
  return bytes[past] === GREATER_THAN || (bytes[past] === SLASH && bytes[past + 1] === GREATER_THAN);
}

function controlSequenceEnd(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at + 1] !== OPEN_BRACKET) return at;
  for (let past = at + 2; past < Math.min(end, at + CONTROL_SEQUENCE_BYTES_MAX); past++) {
    const byte = bytes[past]!;
    if (byte >= 0x40 && byte <= 0x7e) return past + 1;
    if (byte < 0x20 || byte > 0x3f) return at;
  }
  return at;
}

/** What `unseenMarkupEnd` may find something at. */
export const MARKUP_STARTS = "<\x1b*`~";

const INLINE_ELEMENTS: ReadonlySet<string> = new Set(
  (
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup tt u " +
    "var wbr"
  ).split(" "),
);
const NAME_LENGTH_MAX = 6;
/** So many pieces of markup in a row. */
const RUN_MAX = 32;
const MARKUP_BYTES_MAX = 256;
const CONTROL_SEQUENCE_BYTES_MAX = 24;
const EMPHASIS_SIGNS_MAX = 3;

function isOfValue(byte: number): boolean {
  return isLetter(byte) || isDigit(byte) || byte === AT_SIGN || byte === DOT || byte === HYPHEN || byte === LOW_LINE;
}

function joinsAddress(before: number, after: number): boolean {
  return (before === AT_SIGN && isOfValue(after)) || (after === AT_SIGN && isOfValue(before));
}

function isEmphasis(byte: number): boolean {
  return byte === ASTERISK || byte === BACKTICK || byte === TILDE;
}

function isLetter(byte: number): boolean {
  return (byte | LOWER_CASE_BIT) >= 0x61 && (byte | LOWER_CASE_BIT) <= 0x7a;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

const LOWER_CASE_BIT = 0x20;
const ESCAPE = 0x1b;
const BLANK = 0x20;
const EXCLAMATION = 0x21;
const ASTERISK = 0x2a;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const AT_SIGN = 0x40;
const OPEN_BRACKET = 0x5b;
const LOW_LINE = 0x5f;
const BACKTICK = 0x60;
const TILDE = 0x7e;
