import { gramHash, gramOf, type LiteralTable, type Needle, needleStandsAt } from "./literal-table.ts";

export interface NeedleHit<Owner> {
  readonly needle: Needle<Owner>;
  /** The first byte of the needle. */
  readonly at: number;
}

/** Every place where a needle of the table stands in the bytes, by where its literal begins. */
export function findNeedles<Owner>(
  table: LiteralTable<Owner>,
  bytes: Uint8Array,
  start: number,
  end: number,
): readonly NeedleHit<Owner>[] {
  if (end - start < 2) return NO_HITS;
  const { bucketOf } = table;
  const found: NeedleHit<Owner>[] = [];
  let at = start;
  if (end - start >= WORDS_WORTHWHILE) {
    // Two grams in each word of four bytes, and every second byte a word.
    const words = new DataView(bytes.buffer, bytes.byteOffset, end);
    for (const past = end - 4; at <= past; at += 2) {
      const word = words.getUint32(at, LITTLE_ENDIAN) | 0x20202020;
      const first = bucketOf[gramHash(word & 0xffffff)]!;
      const second = bucketOf[gramHash(word >>> 8)]!;
      if ((first | second) === 0) continue;
      if (first !== 0) collect(table, first, bytes, at, start, end, found);
      if (second !== 0) collect(table, second, bytes, at + 1, start, end, found);
    }
  }
  // The last two bytes have nothing behind them.
  for (; at + 1 < end; at++) {
    const gram = gramOf(bytes[at]!, bytes[at + 1]!, at + 2 < end ? bytes[at + 2]! : 0);
    const bucket = bucketOf[gramHash(gram)]!;
    if (bucket !== 0) collect(table, bucket, bytes, at, start, end, found);
  }
  return found.length < 2 ? found : found.sort((a, b) => literalStart(a) - literalStart(b));
}

const WORDS_WORTHWHILE = 32;
const LITTLE_ENDIAN = true;

function collect<Owner>(
  { buckets }: LiteralTable<Owner>,
  bucket: number,
  bytes: Uint8Array,
  gramAt: number,
  start: number,
  end: number,
  found: NeedleHit<Owner>[],
): void {
  for (const { needle, offset } of buckets[bucket]!) {
    const at = gramAt - offset;
    if (at >= start && at + needle.bytes.length <= end && needleStandsAt(needle, bytes, at)) found.push({ needle, at });
  }
}

const NO_HITS: readonly never[] = [];

function literalStart({ needle, at }: NeedleHit<unknown>): number {
  return at - needle.lead;
}
