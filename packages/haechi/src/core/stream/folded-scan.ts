import type { Direction } from "../detect/finding.ts";
import type { CompiledDetectors } from "../detect/rules/compile.ts";
import { HAS_NON_ASCII } from "../document/json-document.ts";
import { textDocument } from "../document/text-document.ts";
import { needsNormalizing, normalizeLeaf } from "../normalize/normalize.ts";
import { type Found, GrowingScan } from "./growing-scan.ts";
import { settledLength } from "./settled-length.ts";

/**
 * The rules over a text that grows, with its disguised characters folded. It reads on
 * in the folded text as far as that is settled. Of the disguises, a stream sees through
 * those of characters; what is spelled out at length (entities, tags, escapes other than
 * those of JSON) only a whole text can tell. Offsets are those of the text as it is.
 */
export class FoldedScan {
  readonly #scan: GrowingScan;
  readonly #heldMax: number;
  /** By index in the text of the scan: where its source begins; one more for what follows. */
  #sources: number[];
  /** Where in the text the source of what comes next begins. */
  #read: number;

  /** Of a text that begins at the offset. */
  constructor(compiled: CompiledDetectors, direction: Direction, heldMax: number, offset: number) {
    this.#scan = new GrowingScan(compiled, direction);
    this.#heldMax = heldMax;
    this.#sources = [offset];
    this.#read = offset;
  }

  /** Reads on in the text, of which `window` is what begins at the offset `base`. */
  grow(window: string, base: number, ended: boolean): void {
    const scan = this.#scan;
    const first = Math.max(0, this.#read - LOOK_BACK - base);
    const text = window.slice(first);
    const settled = base + first + (ended ? text.length : settledLength(text, this.#heldMax));
    const folded = foldedText(text, base + first);
    let from = 0;
    while (from < folded.text.length && folded.sources[from]! < this.#read) from++;
    let to = from;
    while (to < folded.text.length && folded.sources[to + 1]! <= settled) to++;
    this.#sources.pop();
    for (let at = from; at <= to; at++) this.#sources.push(folded.sources[at]!);
    this.#read = folded.sources[to]!;
    scan.grow(folded.text.slice(from, to), this.#floor(to - from, ended), ended);
    const floor = this.#floor(0, ended);
    while (scan.decidedUpTo(floor, ended) < floor && scan.decideEarly(ended));
  }

  /** True when all that the rules still look at is the text as it is, so that it need not be read twice. */
  isPlain(window: string): boolean {
    const { text, base } = this.#scan;
    return base > READ_AT_LEAST && window.endsWith(text);
  }

  /** Up to where nothing is undecided. */
  decidedUpTo(ended: boolean): number {
    return this.#sourceOf(this.#scan.decidedUpTo(this.#floor(0, ended), ended));
  }

  /** What was found from the offset on. */
  foundFrom(offset: number): Found[] {
    const found: Found[] = [];
    for (const { by, start, end } of this.#scan.found) {
      const from = this.#sourceOf(start);
      if (from >= offset) found.push({ by, start: from, end: this.#sourceOf(end) });
    }
    return found;
  }

  /** Drops what was found before the offset. */
  take(offset: number): void {
    const scan = this.#scan;
    let index = this.#sources.length - 1;
    while (index > 0 && this.#sources[index]! > offset) index--;
    const { base } = scan;
    scan.take(base + index);
    if (scan.base > base) this.#sources = this.#sources.slice(scan.base - base);
  }

  #floor(more: number, ended: boolean): number {
    const received = this.#scan.received + more;
    return ended ? received : Math.max(0, received - this.#heldMax);
  }

  #sourceOf(offset: number): number {
    return this.#sources[offset - this.#scan.base]!;
  }
}

/** False when nothing from the index on is disguised, or could turn out to be. */
export function mayBeDisguised(text: string, index: number, heldMax: number, ended: boolean): boolean {
  // Controls are disguises in a text that is not ASCII only.
  if (!MAY_FOLD.test(text)) return false;
  const last = text.slice(Math.max(0, index - LOOK_BACK));
  if (!ended && settledLength(last, heldMax) < last.length) return true;
  const bytes = utf8.encode(last);
  return needsNormalizing(bytes, 0, bytes.length, HAS_NON_ASCII);
}

// To begin means to read again what the rules look back at.
const READ_AT_LEAST = 512;

/** What a character folds to depends on those around it, no more than so many before it. */
const LOOK_BACK = 80;

/** A disguise is beyond ASCII; a backslash may begin an escape of JSON that is streamed as text. */
const MAY_FOLD = /[^\0-\x7f]|\\/;

const utf8 = new TextEncoder();
const utf8Decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The folded text, and for each index in it, one past the last included, the offset where its source begins. */
function foldedText(source: string, offset: number): { text: string; sources: number[] } {
  const bytes = utf8.encode(source);
  const normalized = normalizeLeaf(textDocument(bytes), 0);
  const indexOfByte = indexesByByte(bytes);
  const text = utf8Decoder.decode(normalized.bytes);
  const sources: number[] = [];
  for (let at = 0; at < normalized.bytes.length; at++) {
    const byte = normalized.bytes[at]!;
    if ((byte & 0xc0) === 0x80) continue;
    const start = offset + indexOfByte[normalized.sourceStart[at]!]!;
    sources.push(start);
    if (byte >= 0xf0) sources.push(start + 1);
  }
  sources.push(offset + source.length);
  return { text, sources };
}

/** For each byte of UTF-8: the index in UTF-16 of the character that it belongs to. */
function indexesByByte(bytes: Uint8Array): Int32Array {
  const indexes = new Int32Array(bytes.length + 1);
  let index = -1;
  let units = 1;
  for (const [at, byte] of bytes.entries()) {
    if ((byte & 0xc0) !== 0x80) {
      index += units;
      units = byte >= 0xf0 ? 2 : 1;
    }
    indexes[at] = index;
  }
  indexes[bytes.length] = index + units;
  return indexes;
}
