import { digitRunEnd, isDigit } from "./digit-table.ts";
import { gramHash, gramOf, type LiteralTable, type Needle, needleStandsAt } from "./literal-table.ts";

export interface NeedleHit<Owner> {
  readonly needle: Needle<Owner>;
  /** The first byte of the needle. */
  readonly at: number;
}

/** Every place where a needle of the table stands in the bytes, by where its literal begins. */
export function findNeedles<Owner>(
  { bitmap, hitsByGram }: LiteralTable<Owner>,
  bytes: Uint8Array,
  start: number,
  end: number,
): readonly NeedleHit<Owner>[] {
  if (end - start < 2) return NO_HITS;
  let found: NeedleHit<Owner>[] | null = null;
  let first = bytes[start]!;
  for (let at = start; at + 1 < end; at += 2) {
    const third = at + 2 < end ? bytes[at + 2]! : 0;
    const gram = gramOf(first, bytes[at + 1]!, third);
    first = third;
    const hash = gramHash(gram);
    if (((bitmap[hash >>> 5]! >>> (hash & 31)) & 1) === 0) continue;
    const hits = hitsByGram.get(gram);
    if (hits === undefined) continue;
    for (const { needle, offset } of hits) {
      const from = at - offset;
      if (from < start || from + needle.bytes.length > end || !needleStandsAt(needle, bytes, from)) continue;
      found ??= [];
      found.push({ needle, at: from });
    }
  }
  if (found === null) return NO_HITS;
  return found.length === 1 ? found : found.sort((a, b) => literalStart(a) - literalStart(b));
}

/** Calls `visit` with the start and end of every run of at least `runMin` digits. */
export function eachDigitRun(
  bytes: Uint8Array,
  start: number,
  end: number,
  runMin: number,
  visit: (start: number, end: number) => void,
): void {
  // A run of that many digits covers one of the places looked at.
  for (let at = start + runMin - 1; at < end; at += runMin) {
    if (!isDigit(bytes[at]!)) continue;
    let runStart = at;
    while (runStart > start && isDigit(bytes[runStart - 1]!)) runStart--;
    const runEnd = digitRunEnd(bytes, at, end);
    if (runEnd - runStart >= runMin) visit(runStart, runEnd);
    at = runEnd;
  }
}

const NO_HITS: readonly never[] = [];

function literalStart({ needle, at }: NeedleHit<unknown>): number {
  return at - needle.lead;
}
