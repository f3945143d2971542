import { isUtf8 } from "node:buffer";
import { BACKSLASH, QUOTE } from "../../core/document/json-bytes.ts";
import { type JsonDocument, KEY_LEAF, NUMBER_LEAF } from "../../core/document/json-document.ts";
import { leafText } from "../../core/document/leaf.ts";
import type { GrowingLeaf } from "../../engine/stream-piece.ts";

/**
 * What does not change in a row of frames: the bytes around one growing text, and around what
 * else is of no account. A model's stream is hundreds of frames from the same mould: what is
 * known of the first is known of all of them.
 */
export interface Mould {
  /** One more than the holes, which stand between them. */
  readonly literals: readonly Uint8Array[];
  readonly holes: readonly Hole[];
  readonly growing: Omit<GrowingLeaf, "text">;
}

/** The growing text, the number that counts the frames, or a string that is other in each frame and no part of a text. */
interface Hole {
  readonly holds: "text" | "count" | "padding";
  readonly leaf: number;
  /** The member it stands under; empty in an array. */
  readonly key: string;
}

/** What stands in a frame where its mould has holes. */
export interface Cast {
  readonly text: string;
  readonly count: number | null;
  readonly padding: readonly Padding[];
}

/** A string that continues nothing, and the member it stands under. */
export interface Padding {
  readonly key: string;
  readonly text: string;
}

/** Leaves of a frame that may differ in the next one. */
export interface LooseLeaves {
  /** The number that counts the frames; -1 for none. */
  readonly count: number;
  readonly padding: readonly number[];
}

/** The moulds of the frames that came last. */
export interface Moulds {
  /** The mould that the data comes from and what fills it; null for none. */
  cast(data: Uint8Array): { readonly mould: Mould; readonly cast: Cast } | null;
  /** The mould of a frame, the same object for frames from the same one; null when it has more growing texts or none. */
  learn(document: JsonDocument, growing: readonly GrowingLeaf[], loose: LooseLeaves): Mould | null;
}

/** Texts that come in turns, such as two choices. */
const MOULDS_MAX = 4;

export function createMoulds(): Moulds {
  /** The one that was met last comes first. */
  let moulds: readonly Mould[] = [];
  const meet = (mould: Mould): Mould => {
    if (moulds[0] !== mould) moulds = [mould, ...moulds.filter((other) => other !== mould)].slice(0, MOULDS_MAX);
    return mould;
  };
  return {
    cast(data) {
      for (const mould of moulds) {
        const cast = castInMould(mould, data);
        if (cast !== null) return { mould: meet(mould), cast };
      }
      return null;
    },
    learn(document, growing, loose) {
      const made = mouldOf(document, growing, loose);
      return made === null ? null : meet(moulds.find((mould) => isSame(mould, made)) ?? made);
    },
  };
}

function mouldOf(document: JsonDocument, growing: readonly GrowingLeaf[], loose: LooseLeaves): Mould | null {
  const [only] = growing;
  if (document.format !== "json" || only === undefined || growing.length > 1) return null;
  const { leaves, bytes } = document;
  const holes: Hole[] = [
    { holds: "text", leaf: only.leaf, key: "" },
    ...loose.padding.map((leaf): Hole => ({ holds: "padding", leaf, key: keyOf(document, leaf) })),
  ];
  if (loose.count !== -1 && leaves.kind[loose.count] === NUMBER_LEAF) {
    holes.push({ holds: "count", leaf: loose.count, key: "" });
  }
  holes.sort((a, b) => a.leaf - b.leaf);
  let from = 0;
  const literals: Uint8Array[] = [];
  for (const { leaf } of holes) {
    literals.push(bytes.slice(from, leaves.start[leaf]!));
    from = leaves.end[leaf]!;
  }
  literals.push(bytes.slice(from));
  const { text: _, ...leaf } = only;
  return { literals, holes, growing: leaf };
}

function keyOf(document: JsonDocument, leaf: number): string {
  const key = document.leaves.slot[leaf]!;
  return document.leaves.kind[key] === KEY_LEAF ? leafText(document, key) : "";
}

/** What fills the mould in data that comes from it; null for any other, and where a string has escapes. */
function castInMould({ literals, holes }: Mould, data: Uint8Array): Cast | null {
  let text = "";
  let count: number | null = null;
  let padding: Cast["padding"] = NO_PADDING;
  let at = 0;
  for (let hole = 0; ; hole++) {
    const literal = literals[hole]!;
    if (!standsAt(literal, data, at)) return null;
    at += literal.length;
    if (hole === holes.length) break;
    const { holds, key } = holes[hole]!;
    const end = holds === "count" ? digitsEnd(data, at) : plainEnd(data, at);
    if (holds === "count") count = readCount(data, at, end);
    else if (!isUtf8(data.subarray(at, end))) return null;
    else if (holds === "text") text = utf8.decode(data.subarray(at, end));
    else padding = [...padding, { key, text: utf8.decode(data.subarray(at, end)) }];
    if (holds === "count" && count === null) return null;
    at = end;
  }
  return at === data.length ? { text, count, padding } : null;
}

const NO_PADDING: Cast["padding"] = [];

/** Longer numbers count no frames, and may be something else. */
const COUNT_DIGITS_MAX = 7;

function readCount(data: Uint8Array, start: number, end: number): number | null {
  const length = end - start;
  if (length === 0 || length > COUNT_DIGITS_MAX || (data[start] === ZERO && length > 1)) return null;
  let count = 0;
  for (let at = start; at < end; at++) count = count * 10 + data[at]! - ZERO;
  return count;
}

function digitsEnd(data: Uint8Array, start: number): number {
  let at = start;
  while (at < data.length && data[at]! >= ZERO && data[at]! <= NINE) at++;
  return at;
}

/** Past what JSON writes as it is (RFC 8259, section 7), so that it stands for itself. */
function plainEnd(data: Uint8Array, start: number): number {
  let at = start;
  while (at < data.length && data[at]! >= SPACE && data[at] !== QUOTE && data[at] !== BACKSLASH) at++;
  return at;
}

function standsAt(literal: Uint8Array, data: Uint8Array, at: number): boolean {
  const end = at + literal.length;
  return end <= data.length && Buffer.compare(data.subarray(at, end), literal) === 0;
}

function isSame(left: Mould, right: Mould): boolean {
  return (
    left.growing.channel === right.growing.channel &&
    left.holes.length === right.holes.length &&
    left.holes.every(({ holds, leaf }, at) => holds === right.holes[at]!.holds && leaf === right.holes[at]!.leaf) &&
    left.literals.every((literal, at) => Buffer.compare(literal, right.literals[at]!) === 0)
  );
}

const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
