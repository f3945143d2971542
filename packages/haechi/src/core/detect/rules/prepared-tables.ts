import { hash } from "node:crypto";
import type { Detector } from "../detector.ts";
import type { EntityType } from "../entity-type.ts";
import type { LiteralArrays } from "../tables/literal-table.ts";
import type { RollingArrays } from "../tables/rolling-automaton.ts";

/**
 * Tables that were made of certain detectors before: what takes long to make and is plain numbers. Making them anew
 * gives the same numbers.
 */
export interface PreparedTables {
  /** What they were made of. */
  readonly detectors: readonly Detector<EntityType>[];
  readonly literals: LiteralArrays;
  readonly labels: LiteralArrays;
  /** By detector: 1 when it is a digit rule that finds nothing but near words. */
  readonly isLabelled: Uint8Array;
  readonly numberLengthMin: number;
  /** Of the digit rules that need no word. */
  readonly leadMax: number;
  /** Of those, with the states that ordinary texts reach. */
  readonly rolling: RollingArrays;
}

/** The tables as bytes, all in multiples of four, and the same for the same tables: see `readTables`. */
export function writeTables(tables: PreparedTables): Uint8Array {
  const { literals, labels, isLabelled, numberLengthMin, leadMax, rolling } = tables;
  const { next, startBehind, isFresh, mayEnd, from, by } = rolling;
  const parts = [
    ...partsOf(literals),
    ...partsOf(labels),
    isLabelled,
    Int32Array.of(numberLengthMin, leadMax),
    next,
    startBehind,
    isFresh,
    mayEnd,
    from,
    by,
  ];
  const header = Int32Array.of(BYTE_ORDER, parts.length, ...parts.map(({ byteLength }) => byteLength));
  const all = [header, ...parts];
  const bytes = new Uint8Array(all.reduce((length, { byteLength }) => length + roundUp(byteLength), 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of all) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += roundUp(byteLength);
  }
  return bytes;
}

/**
 * The tables that `writeTables` wrote, as views of the bytes. Null when the bytes have another digest, or are of a
 * processor that orders the bytes of a number otherwise.
 * @param sha256 of the bytes, in hexadecimal
 * @param detectors those of which the tables were made
 */
export function readTables(
  bytes: Uint8Array,
  sha256: string,
  detectors: readonly Detector<EntityType>[],
): PreparedTables | null {
  if (hash("sha256", bytes, "hex") !== sha256) return null;
  const aligned = bytes.byteOffset % WORD === 0 ? bytes : bytes.slice();
  const words = (at: number, length: number) => new Int32Array(aligned.buffer, aligned.byteOffset + at, length / WORD);
  const [order, count = 0] = words(0, 2 * WORD);
  if (order !== BYTE_ORDER) return null;
  const lengths = words(2 * WORD, count * WORD);
  let end = (2 + count) * WORD;
  let part = 0;
  const take = () => {
    const at = end;
    end += roundUp(lengths[part]!);
    return { at, length: lengths[part++]! };
  };
  const nextBytes = () => {
    const { at, length } = take();
    return new Uint8Array(aligned.buffer, aligned.byteOffset + at, length);
  };
  const nextWords = () => {
    const { at, length } = take();
    return words(at, length);
  };
  const nextLiterals = (): LiteralArrays => ({
    needles: {
      bytes: nextBytes(),
      start: nextWords(),
      kind: nextWords(),
      ownersStart: nextWords(),
      owners: nextWords(),
    },
    bytesBehind: nextWords(),
    firstEntry: nextWords(),
    entries: nextWords(),
  });
  const literals = nextLiterals();
  const labels = nextLiterals();
  const isLabelled = nextBytes();
  const [numberLengthMin = 0, leadMax = 0] = nextWords();
  const rolling: RollingArrays = {
    next: nextWords(),
    startBehind: nextWords(),
    isFresh: nextBytes(),
    mayEnd: nextBytes(),
    from: nextWords(),
    by: nextWords(),
  };
  return { detectors, literals, labels, isLabelled, numberLengthMin, leadMax, rolling };
}

/** In the order in which `readTables` takes them. */
function partsOf({ needles, bytesBehind, firstEntry, entries }: LiteralArrays): (Uint8Array | Int32Array)[] {
  const { bytes, start, kind, ownersStart, owners } = needles;
  return [bytes, start, kind, ownersStart, owners, bytesBehind, firstEntry, entries];
}

function roundUp(length: number): number {
  return Math.ceil(length / WORD) * WORD;
}

const WORD = 4;
/** Reads as another number where the bytes of a number stand in another order. */
const BYTE_ORDER = 0x01020304;
