import { isUtf8 } from "node:buffer";
import type { JsonDocument } from "../../core/document/json-document.ts";
import type { GrowingLeaf } from "../../engine/protect-stream.ts";

/**
 * The bytes around the one growing text of an event. A model's stream is hundreds of
 * events from the same mould: what is known of the first is known of all of them.
 */
export interface Mould {
  /** Up to and with the quote that opens the text. */
  readonly before: Uint8Array;
  /** From the quote that closes it. */
  readonly after: Uint8Array;
  readonly growing: Omit<GrowingLeaf, "text">;
}

/**
 * The mould of a document with exactly one growing text: `last` itself when it fits,
 * so that the same mould is the same object; null when there is no such text.
 */
export function mouldOf(document: JsonDocument, growing: readonly GrowingLeaf[], last: Mould | null): Mould | null {
  const [only] = growing;
  if (document.format !== "json" || only === undefined || growing.length > 1) return null;
  const before = document.bytes.subarray(0, document.leaves.start[only.leaf]!);
  const after = document.bytes.subarray(document.leaves.end[only.leaf]!);
  if (last !== null && equal(last.before, before) && equal(last.after, after)) return last;
  const { text: _, ...leaf } = only;
  return { before: Uint8Array.from(before), after: Uint8Array.from(after), growing: leaf };
}

/** The growing text of data from this mould; null for any other, and for text with escapes. */
export function castInMould({ before, after }: Mould, data: Uint8Array): string | null {
  const end = data.length - after.length;
  if (end < before.length) return null;
  const content = data.subarray(before.length, end);
  if (!content.every(isPlain) || !isUtf8(content)) return null;
  if (!equal(data.subarray(0, before.length), before) || !equal(data.subarray(end), after)) return null;
  return utf8.decode(content);
}

// What JSON writes as it is (RFC 8259, section 7): it stands for itself.
function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x22 && byte !== 0x5c;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && Buffer.compare(left, right) === 0;
}
