/** Text to stand in place of the bytes from `start` to `end`, as it is to be written (see `escapeJson`). */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The bytes with every edit made and all else copied as it is; the same array when
 * there are no edits. Edits are sorted and do not overlap.
 */
export function splice(bytes: Uint8Array, edits: readonly Splice[]): Uint8Array {
  if (edits.length === 0) return bytes;
  requireOrder(bytes, edits);
  const texts = edits.map((edit) => utf8.encode(edit.text));
  const result = new Uint8Array(lengthAfter(bytes, edits, texts));
  let from = 0;
  let to = 0;
  edits.forEach((edit, i) => {
    const text = texts[i]!;
    result.set(bytes.subarray(from, edit.start), to);
    to += edit.start - from;
    result.set(text, to);
    to += text.length;
    from = edit.end;
  });
  result.set(bytes.subarray(from), to);
  return result;
}

/** The text as the content of a JSON string, without quotes; a lone surrogate becomes its `\u` escape. */
export function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const utf8 = new TextEncoder();

function requireOrder(bytes: Uint8Array, edits: readonly Splice[]): void {
  let past = 0;
  for (const { start, end } of edits) {
    if (!(start >= past && end >= start)) throw new RangeError("edits are not sorted or overlap");
    past = end;
  }
  if (past > bytes.length) throw new RangeError("an edit ends past the document");
}

function lengthAfter(bytes: Uint8Array, edits: readonly Splice[], texts: readonly Uint8Array[]): number {
  let length = bytes.length;
  edits.forEach((edit, i) => {
    length += texts[i]!.length - (edit.end - edit.start);
  });
  return length;
}
