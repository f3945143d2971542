import { entryOfCodePoint, FOLD_ENTRIES } from "../normalize/fold-table.ts";

/**
 * How much of a text, from its beginning, folds the same however the text goes on.
 * What a character folds to depends on the next two visible characters, and for a
 * look-alike letter on the rest of its word. No more than `unsettledMax` is left out.
 */
export function settledLength(text: string, unsettledMax: number): number {
  let settled = CUT_ESCAPE.exec(text)?.index ?? text.length;
  let visible = 0;
  let inLastWord = true;
  for (let end = text.length; end > 0 && (visible < VISIBLE_LOOKED_AT || inLastWord); ) {
    const start = end - (isLowSurrogate(text.charCodeAt(end - 1)) ? 2 : 1);
    const character = text.slice(Math.max(0, start), end);
    const foldClass = foldClassOf(character);
    if (foldClass === "homoglyph" ? inLastWord : foldClass !== null && visible < VISIBLE_LOOKED_AT)
      settled = Math.min(settled, start);
    if (foldClass !== "invisible" && foldClass !== "mark") visible++;
    if (!(foldClass === null ? WORD_CHARACTER.test(character) : WORD_CLASSES.has(foldClass))) inLastWord = false;
    end = start;
    if (text.length - end >= unsettledMax) break;
  }
  return Math.max(settled, 0);
}

/** An escape of JSON whose rest is still to come. */
const CUT_ESCAPE = /\\(?:u[0-9A-Fa-f]{0,3})?$/;

const VISIBLE_LOOKED_AT = 2;
// As `wordPartAt` has it.
const WORD_CHARACTER = /[\w@%+.-]/;
const WORD_CLASSES: ReadonlySet<string> = new Set(["strong", "homoglyph", "invisible", "mark"]);

// As `foldEntryAt` has it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it is about
const CONTROL = /[\0-\x08\x0e-\x1f\x7f]/;

function foldClassOf(character: string): string | null {
  const code = character.codePointAt(0)!;
  if (CONTROL.test(character)) return "invisible";
  const number = code < 0x80 ? 0 : entryOfCodePoint(code);
  return number === 0 ? null : FOLD_ENTRIES[number]!.foldClass;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
