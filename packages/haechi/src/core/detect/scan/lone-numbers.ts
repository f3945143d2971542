import { isDigit } from "../../document/json-source.ts";
import { SPELLED_BY_LETTER } from "../decoded/decoded-text.ts";

/** A stretch of UTF-8. In an `escaped` one, a backslash and a letter stand for one character. */
interface Stretch {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly escaped: boolean;
}

/**
 * True when the digits between two places of the stretch are numbers of at most three digits, each by
 * itself: nothing stands beside one that identifiers are written with, and between two of them stands
 * the end of a line or a sign of code. They are counts, indexes, ages. No rule that is anchored by
 * digits matches anything so short; see the test of this file.
 */
export function areLoneNumbers(stretch: Stretch, from: number, to: number): boolean {
  const { bytes, end } = stretch;
  let past = -1;
  for (let at = from; at < to; at++) {
    if (!isDigit(bytes[at]!)) continue;
    const first = at;
    while (at < end && isDigit(bytes[at]!)) at++;
    if (at - first > LONE_DIGITS_MAX || joinsBehind(stretch, at) || joinsBefore(stretch, first)) return false;
    if (past !== -1 && !holdsParting(stretch, past, first)) return false;
    past = at;
  }
  return true;
}

const LONE_DIGITS_MAX = 3;

/** True when what stands from the place on may belong to the number before it. */
function joinsBehind(stretch: Stretch, at: number): boolean {
  const { bytes, end, escaped } = stretch;
  if (at >= end) return false;
  const byte = bytes[at]!;
  if (byte === SPACE) return at + 1 < end && (isCapital(bytes[at + 1]!) || isOctet(stretch, at + 1));
  return JOINS[byte === BACKSLASH && escaped ? SPELLED_BY_LETTER[bytes[at + 1]!]! : byte] === 1;
}

/** True when what stands before the place may belong to the number behind it. */
function joinsBefore(stretch: Stretch, at: number): boolean {
  const { bytes, start } = stretch;
  // A sign is no part of an identifier.
  const past = at > start && bytes[at - 1] === MINUS ? at - 1 : at;
  if (past === start) return false;
  const byte = bytes[past - 1]!;
  if (byte === SPACE) return past - 1 > start && (isCapital(bytes[past - 2]!) || isOctet(stretch, past - 3));
  return JOINS[isOfEscape(stretch, past - 1) ? SPELLED_BY_LETTER[byte]! : byte] === 1;
}

/** True when the byte is the letter of an escape: behind an odd number of backslashes. */
function isOfEscape({ bytes, start, escaped }: Stretch, at: number): boolean {
  if (!escaped) return false;
  let first = at;
  while (first > start && bytes[first - 1] === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}

const SPACE = 0x20;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
const SMALL_N = 0x6e;
const CASE_BIT = 0x20;

/** What may make a number and what stands beside it one: letters, all that is beyond ASCII, and these signs. */
const JOINS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || /[\w\-./:\\#]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

function isLetter(byte: number): boolean {
  return isCapital(byte & ~CASE_BIT);
}

/** Streets and the countries of accounts begin with a capital. */
function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

/** True for two letters by themselves that are hexadecimal digits: an octet of an address. */
function isOctet(stretch: Stretch, at: number): boolean {
  const { bytes, start, end } = stretch;
  if (at < start || HEX_LETTERS[bytes[at]!] !== 1 || HEX_LETTERS[bytes[at + 1]!] !== 1) return false;
  if (at + 2 < end && isLetter(bytes[at + 2]!)) return false;
  return at === start || !isLetter(bytes[at - 1]!) || isOfEscape(stretch, at - 1);
}

const HEX_LETTERS = Uint8Array.from({ length: 256 }, (_, byte) => (/[A-Fa-f]/.test(String.fromCharCode(byte)) ? 1 : 0));

function holdsParting({ bytes, escaped }: Stretch, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (PARTS[byte] === 1) return true;
    if (byte === BACKSLASH && escaped && bytes[++at] === SMALL_N) return true;
  }
  return false;
}

const PARTS = Uint8Array.from({ length: 256 }, (_, byte) => (/[\n;={}]/.test(String.fromCharCode(byte)) ? 1 : 0));
