import type { JsonDocument } from "../document/json-document.ts";
import { NUMBER_LEAF } from "../document/json-document.ts";
import { decodeUnits, type Units } from "./decode-units.ts";
import { foldsBetween } from "./fold-rule.ts";
import { FOLD_TABLE } from "./fold-table.ts";
import { homoglyphsThatFold } from "./homoglyph-words.ts";
import { DIGIT, INVISIBLE, LETTER, NEIGHBOUR_OF_ASCII, OTHER } from "./neighbour.ts";

export { needsNormalizing } from "./needs-normalizing.ts";

/** The text that rules read instead of a leaf, and the way back to its bytes. */
export interface NormalizedText {
  /** Well-formed UTF-8: escapes decoded, disguised characters folded. */
  readonly bytes: Uint8Array;
  /** For each byte: where the source unit it came from starts in the document. */
  readonly sourceStart: Int32Array;
  /** For each byte: where that unit ends. Characters folded to nothing belong to the unit before them. */
  readonly sourceEnd: Int32Array;
}

/** The decoded and folded text of a leaf. Both maps rise, and together cover the leaf in whole units. */
export function normalizeLeaf(document: JsonDocument, leaf: number): NormalizedText {
  const { bytes, format, leaves } = document;
  const escaped = format === "json" && leaves.kind[leaf] !== NUMBER_LEAF;
  const units = decodeUnits(bytes, leaves.start[leaf]!, leaves.end[leaf]!, escaped);
  const writer = createWriter(units);
  if (units.mayFold) writeFolded(units, writer);
  else for (let unit = 0; unit < units.count; unit++) writer.keep(unit);
  return writer.finish();
}

function writeFolded(units: Units, writer: Writer): void {
  const neighbour = neighboursOf(units);
  let beforePrevious = OTHER;
  let previous = OTHER;
  let next = 0;
  let afterNext = 0;
  let quoted = false;
  for (let unit = 0; unit < units.count; unit++) {
    const own = neighbour[unit]!;
    const number = units.entry[unit]!;
    if (number === 0) {
      writer.keep(unit);
    } else {
      const { foldClass, text } = FOLD_TABLE.entries[number]!;
      // Both look ahead in one direction only, so a long run of invisible characters costs no more than its length.
      if (next <= unit) next = nextVisible(neighbour, unit + 1);
      if (afterNext <= next) afterNext = nextVisible(neighbour, next + 1);
      const folds =
        foldClass === "homoglyph"
          ? own !== OTHER
          : (quoted && foldClass === "quote") ||
            foldsBetween(foldClass, beforePrevious, previous, neighbour[next]!, neighbour[afterNext]!);
      // The quotation mark that closes an assigned value folds with the one that opened it.
      if (folds && foldClass === "quote") quoted = !quoted;
      if (folds) writer.put(unit, text);
      else writer.keep(unit);
    }
    if (own !== INVISIBLE) {
      beforePrevious = previous;
      previous = own;
    }
  }
}

/** What each unit is to its neighbours, with two "other" past the end. */
function neighboursOf(units: Units): Uint16Array {
  const neighbour = new Uint16Array(units.count + 2);
  for (let unit = 0; unit < units.count; unit++) {
    const number = units.entry[unit]!;
    const code = units.codePoint[unit]!;
    if (number !== 0) neighbour[unit] = FOLD_TABLE.entries[number]!.neighbour;
    else if (code < 0x80) neighbour[unit] = NEIGHBOUR_OF_ASCII[code]!;
  }
  for (const unit of homoglyphsThatFold(units)) {
    const { text } = FOLD_TABLE.entries[units.entry[unit]!]!;
    neighbour[unit] = text <= "9" ? DIGIT : LETTER;
  }
  return neighbour;
}

function nextVisible(neighbour: Uint16Array, from: number): number {
  let at = Math.min(from, neighbour.length - 1);
  while (neighbour[at] === INVISIBLE) at++;
  return at;
}

interface Writer {
  /** Writes the unit as it is. */
  keep(unit: number): void;
  /** Writes ASCII in place of the unit; nothing when the unit folds away. */
  put(unit: number, text: string): void;
  finish(): NormalizedText;
}

// A unit's text is never longer than its source: U+FFFD stands for six bytes of escape,
// and the fold table holds no text longer than the UTF-8 of its code point.
function createWriter(units: Units): Writer {
  const { codePoint, count, start } = units;
  const capacity = start[count]! - start[0]!;
  const bytes = new Uint8Array(capacity);
  const sourceStart = new Int32Array(capacity);
  const sourceEnd = new Int32Array(capacity);
  let length = 0;
  let lastUnitAt = 0;

  const map = (unit: number, from: number) => {
    const unitStart = start[unit]!;
    const unitEnd = start[unit + 1]!;
    for (let at = from; at < length; at++) {
      sourceStart[at] = unitStart;
      sourceEnd[at] = unitEnd;
    }
    lastUnitAt = from;
  };
  return {
    keep(unit) {
      const from = length;
      const code = codePoint[unit]!;
      if (code < 0x80) {
        bytes[length++] = code;
      } else {
        if (code < 0x800) {
          bytes[length++] = 0xc0 | (code >> 6);
        } else {
          if (code < 0x10000) {
            bytes[length++] = 0xe0 | (code >> 12);
          } else {
            bytes[length++] = 0xf0 | (code >> 18);
            bytes[length++] = 0x80 | ((code >> 12) & 0x3f);
          }
          bytes[length++] = 0x80 | ((code >> 6) & 0x3f);
        }
        bytes[length++] = 0x80 | (code & 0x3f);
      }
      map(unit, from);
    },
    put(unit, text) {
      const from = length;
      for (let at = 0; at < text.length; at++) bytes[length++] = text.charCodeAt(at);
      if (length > from) map(unit, from);
      // What folds to nothing goes with the character before it, so that replacing a value takes it along.
      else sourceEnd.fill(start[unit + 1]!, lastUnitAt, length);
    },
    finish: () => ({
      bytes: bytes.subarray(0, length),
      sourceStart: sourceStart.subarray(0, length),
      sourceEnd: sourceEnd.subarray(0, length),
    }),
  };
}
