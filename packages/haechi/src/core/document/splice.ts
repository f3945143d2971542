/** Text to stand in place of the bytes from `start` to `end`, as it is to be written (see `escapeJson`). */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The bytes with every edit made and all else copied as it is; the same array when
 * there are no edits. Edits are sorted and do not overlap. It goes step by step: whoever
 * has something else to do can do it between two of them.
 */
export function* spliceSteps(bytes: Uint8Array, edits: readonly Splice[]): Steps<Uint8Array> {
  if (edits.length === 0) return bytes;
  requireOrder(bytes, edits);
  let length = bytes.length;
  for (const [index, { start, end, text }] of edits.entries()) {
    if (index % EDITS_PER_STEP === EDITS_PER_STEP - 1) yield;
    length += utf8Length(text) - (end - start);
  }
  const result = new Uint8Array(length);
  let from = 0;
  let to = 0;
  for (const [index, { start, end, text }] of edits.entries()) {
    if (index % EDITS_PER_STEP === EDITS_PER_STEP - 1) yield;
    to = copyBytes(bytes, from, start, result, to);
    to = writeText(text, result, to);
    from = end;
  }
  copyBytes(bytes, from, bytes.length, result, to);
  return result;
}

/** As `spliceSteps`, in one go. */
export function splice(bytes: Uint8Array, edits: readonly Splice[]): Uint8Array {
  return inOneGo(spliceSteps(bytes, edits));
}

/** Work that can be left between two steps, each of which takes a few milliseconds at most. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** The result of all steps. */
export function inOneGo<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** An edit takes a microsecond, or three when it brings a ciphertext. */
export const EDITS_PER_STEP = 2_000;

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

// Thousands of short edits are common where a body is a list of values. An array, or a view,
// made for each of them would cost more than all else, so what is short is copied by hand.
const SHORT = 64;

/** Returns where the copy ends. */
function copyBytes(source: Uint8Array, start: number, end: number, target: Uint8Array, to: number): number {
  if (end - start > SHORT) target.set(source.subarray(start, end), to);
  else for (let at = start; at < end; at++) target[to + at - start] = source[at]!;
  return to + end - start;
}

/** Returns where the text ends. */
function writeText(text: string, target: Uint8Array, to: number): number {
  if (text.length > SHORT) return to + utf8.encodeInto(text, target.subarray(to)).written;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) return to + index + utf8.encodeInto(text.slice(index), target.subarray(to + index)).written;
    target[to + index] = unit;
  }
  return to + text.length;
}

/** The bytes that a text takes; a lone surrogate is written as U+FFFD, which takes three. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    // The second half of a pair is counted with the first: four bytes for two units.
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(index + 1))) index++;
  }
  return length;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
