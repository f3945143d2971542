import { isDigit } from "../document/json-source.ts";

/**
 * True when the digits between the two places are numbers of at most three digits, each by itself:
 * nothing stands beside one that numbers of documents are written with, and between two of them
 * stands the end of a line or a sign of code. They are counts, indexes, ages. No labelled rule
 * matches anything so short; see the test of this file.
 */
export function areLoneNumbers(bytes: Uint8Array, from: number, to: number): boolean {
  let past = -1;
  for (let at = from; at < to; at++) {
    if (!isDigit(bytes[at]!)) continue;
    const start = at;
    while (at < bytes.length && isDigit(bytes[at]!)) at++;
    if (at - start > LONE_DIGITS_MAX || joins(bytes[at])) return false;
    if (joins(bytes[bytes[start - 1] === MINUS ? start - 2 : start - 1])) return false;
    if (past !== -1 && !holdsParting(bytes, past, start)) return false;
    past = at;
  }
  return true;
}

const LONE_DIGITS_MAX = 3;
const MINUS = 0x2d;

/** What may make a number and what stands beside it one: letters, all that is beyond ASCII, and these signs. */
function joins(byte: number | undefined): boolean {
  return byte !== undefined && JOINS[byte] === 1;
}

const JOINS = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || /[\w\-./:\\#]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

function holdsParting(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (PARTS[bytes[at]!] === 1) return true;
  return false;
}

const PARTS = Uint8Array.from({ length: 256 }, (_, byte) => (/[\n;={}]/.test(String.fromCharCode(byte)) ? 1 : 0));
