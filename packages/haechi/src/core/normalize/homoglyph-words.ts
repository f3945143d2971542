import type { Units } from "./decode-units.ts";
import { FOLD_TABLE } from "./fold-table.ts";
import { NEIGHBOUR_OF_ASCII, TOKEN } from "./neighbour.ts";

/**
 * The look-alike letters that fold: those in a word with something Latin in it.
 * A word all in one foreign script is a word of that language.
 */
export function* homoglyphsThatFold(units: Units): Generator<number> {
  let wordStart = 0;
  while (wordStart < units.count) {
    let parts = 0;
    let end = wordStart;
    for (; end < units.count; end++) {
      const number = units.entry[end]!;
      const part = number === 0 ? wordPartOfCode(units.codePoint[end]!) : wordPartOfEntry(number);
      if (part === NOT_IN_WORD) break;
      parts |= part;
    }
    if (parts === (LATIN | LOOK_ALIKE)) {
      for (let unit = wordStart; unit < end; unit++) {
        if (isHomoglyph(units.entry[unit]!)) yield unit;
      }
    }
    wordStart = end + 1;
  }
}

/** Bits of what a character adds to the word it stands in. */
export const NOT_IN_WORD = -1;
export const LATIN = 1;
export const LOOK_ALIKE = 2;

/** A letter, digit, `@` or `_` is Latin; the signs within addresses and identifiers join; all else ends the word. */
export function wordPartOfCode(code: number): number {
  if (code >= 0x80) return NOT_IN_WORD;
  if ((NEIGHBOUR_OF_ASCII[code]! & TOKEN) !== 0) return LATIN;
  return code === 0x2d || code === 0x2e || code === 0x2b || code === 0x25 ? 0 : NOT_IN_WORD;
}

export function wordPartOfEntry(number: number): number {
  switch (FOLD_TABLE.entries[number]!.foldClass) {
    case "strong":
      return LATIN;
    case "homoglyph":
      return LOOK_ALIKE;
    case "invisible":
    case "mark":
      return 0;
    default:
      return NOT_IN_WORD;
  }
}

function isHomoglyph(number: number): boolean {
  return number !== 0 && FOLD_TABLE.entries[number]!.foldClass === "homoglyph";
}
