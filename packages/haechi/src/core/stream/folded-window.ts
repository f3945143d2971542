import type { CompiledDetectors } from "../detect/compile.ts";
import type { Direction } from "../detect/finding.ts";
import { HAS_NON_ASCII } from "../document/json-document.ts";
import { textDocument } from "../document/text-document.ts";
import { needsNormalizing, normalizeLeaf } from "../normalize/normalize.ts";
import { type Found, GrowingScan } from "./growing-scan.ts";
import { settledLength } from "./settled-length.ts";

/** What the rules say of a window of a growing text when disguises are seen through. */
export interface FoldedWindow {
  readonly found: readonly Found[];
  readonly decidedUpTo: number;
}

/**
 * Reads the window that begins at the offset `base` with its disguised characters
 * folded; null when no character of it could be one. The window is folded anew each time: disguises
 * are rare, and what a character folds to depends on those around it.
 */
export function scanFolded(
  compiled: CompiledDetectors,
  { direction, heldMax }: { readonly direction: Direction; readonly heldMax: number },
  window: string,
  base: number,
  ended: boolean,
): FoldedWindow | null {
  if (!MAY_FOLD.test(window)) return null;
  const bytes = utf8.encode(window);
  // At the end of the window it is not known yet what a character will fold to.
  const settled = ended ? window.length : settledLength(window, heldMax);
  if (settled === window.length && !needsNormalizing(bytes, 0, bytes.length, HAS_NON_ASCII)) return null;
  const { text, starts } = foldedText(bytes, window);
  let length = text.length;
  while (length > 0 && starts[length]! > settled) length--;

  const scan = new GrowingScan(compiled, direction);
  const floor = ended ? length : Math.max(0, length - heldMax);
  scan.grow(text.slice(0, length), floor, ended);
  let end = scan.decidedUpTo(floor, ended);
  while (end < floor && scan.decideEarly(ended)) end = scan.decidedUpTo(floor, ended);
  return {
    found: scan.found.map(({ by, ...span }) => ({
      by,
      start: base + starts[span.start]!,
      end: base + starts[span.end]!,
    })),
    decidedUpTo: base + starts[end]!,
  };
}

const utf8 = new TextEncoder();
const utf8Decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** A disguise is beyond ASCII; a backslash may begin an escape of JSON that is streamed as text. */
const MAY_FOLD = /[^\0-\x7f]|\\/;

/** The folded text, and for each index in it, one past the last included, the index in the window where its source begins. */
function foldedText(bytes: Uint8Array, window: string): { text: string; starts: number[] } {
  const normalized = normalizeLeaf(textDocument(bytes), 0);
  const indexOfByte = indexesByByte(bytes);
  const text = utf8Decoder.decode(normalized.bytes);
  const starts: number[] = [];
  for (let at = 0; at < normalized.bytes.length; at++) {
    const byte = normalized.bytes[at]!;
    if ((byte & 0xc0) === 0x80) continue;
    const start = indexOfByte[normalized.sourceStart[at]!]!;
    starts.push(start);
    if (byte >= 0xf0) starts.push(start + 1);
  }
  starts.push(window.length);
  return { text, starts };
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
