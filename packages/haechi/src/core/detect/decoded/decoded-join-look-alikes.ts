import { BYTE_CLASS, DIGIT, isAmongDigits, LOOK_ALIKE, SEPARATOR_KIND, USUAL } from "./decoded-join-bytes.ts";

/** Whether a letter that looks like a digit stands between others, or digits, of which there are enough for an identifier. */
export function holdsLookAlikes(bytes: Uint8Array, start: number, end: number, first: number, last: number): boolean {
  for (let at = Math.max(start + 1, first) | 0; at < end - 1 && at < last; at++) {
    if ((BYTE_CLASS[bytes[at]!]! & LOOK_ALIKE) === 0) continue;
    const before = besideDigits(bytes, at, -1);
    if (before === 0) continue;
    const behind = besideDigits(bytes, at, 1);
    if (behind === 0 || ((before | behind) & DIGIT) === 0) continue;
    if (isAmongDigits(bytes, at, start, end)) return true;
  }
  return false;
}

/** The class of the digit, or what looks like one, that is the next on that side, perhaps behind a blank or hyphen; else 0. */
function besideDigits(bytes: Uint8Array, at: number, step: 1 | -1): number {
  const next = bytes[at + step]!;
  const beside = BYTE_CLASS[next]! & (DIGIT | LOOK_ALIKE);
  if (beside !== 0 || SEPARATOR_KIND[next] !== USUAL) return beside;
  return BYTE_CLASS[bytes[at + 2 * step]!]! & (DIGIT | LOOK_ALIKE);
}
