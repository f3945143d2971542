import { BYTE_CLASS, OF_SINGLES, SIGN } from "./decoded-join-bytes.ts";

/** Characters that each follow one sign, or that sign up to three times. */
export function holdsSingles(bytes: Uint8Array, start: number, end: number): boolean {
  let count = 0;
  let signBefore = -1;
  for (let at = start; at < end; ) {
    const sign = bytes[at]!;
    if ((BYTE_CLASS[sign]! & SIGN) === 0) {
      count = 0;
      at++;
      continue;
    }
    let past = at + 1;
    while (past < end && past < at + SIGNS_MAX && bytes[past] === sign) past++;
    if (past < end && bytes[past] !== sign && (BYTE_CLASS[bytes[past]!]! & OF_SINGLES) !== 0) {
      count = sign === signBefore ? count + 1 : 1;
      if (count === SINGLES_MIN) return true;
      signBefore = sign;
      at = past + 1;
    } else {
      count = 0;
      at = past;
    }
  }
  return false;
}

const SIGNS_MAX = 3;
const SINGLES_MIN = 7;
/** So far from any place among so many characters, at least so many of them stand. */
export const SINGLES_BYTES = (SIGNS_MAX + 1) * (SINGLES_MIN + 1);
