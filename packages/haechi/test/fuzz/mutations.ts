import type { SeededNumbers } from "../support/seeded-numbers.ts";

/** What a surface understands: texts to begin with, and the signs that steer its reader. */
export interface Vocabulary {
  readonly samples: readonly Uint8Array[];
  readonly signs: readonly string[];
}

/**
 * Endless inputs made of samples: one to six changes each, such as a flipped bit, a stretch that is
 * left out, repeated or taken from another sample, a sign of the format, or a cut.
 */
export function mutationsOf({ samples, signs }: Vocabulary, numbers: SeededNumbers): () => Uint8Array {
  const written = signs.map((sign) => Buffer.from(sign));
  const oneOf = <Item>(items: readonly Item[]): Item => items[numbers.from(0, items.length - 1)]!;
  const stretchOf = (bytes: Uint8Array): [start: number, end: number] => {
    const start = numbers.from(0, bytes.length);
    return [start, Math.min(bytes.length, start + numbers.from(0, STRETCH_MAX))];
  };
  const changes: readonly ((bytes: Buffer) => Uint8Array[])[] = [
    (bytes) => {
      if (bytes.length > 0) bytes[numbers.from(0, bytes.length - 1)]! ^= 1 << numbers.from(0, 7);
      return [bytes];
    },
    (bytes) => {
      if (bytes.length > 0) bytes[numbers.from(0, bytes.length - 1)] = numbers.from(0, 255);
      return [bytes];
    },
    (bytes) => {
      const [start, end] = stretchOf(bytes);
      return [bytes.subarray(0, start), bytes.subarray(end)];
    },
    (bytes) => {
      const [start, end] = stretchOf(bytes);
      return [bytes.subarray(0, end), bytes.subarray(start)];
    },
    (bytes) => {
      const other = oneOf(samples);
      const [start, end] = stretchOf(other);
      const at = numbers.from(0, bytes.length);
      return [bytes.subarray(0, at), other.subarray(start, end), bytes.subarray(at)];
    },
    (bytes) => {
      const at = numbers.from(0, bytes.length);
      return [bytes.subarray(0, at), oneOf(written), bytes.subarray(at)];
    },
    (bytes) => {
      const [start, end] = stretchOf(bytes);
      return [bytes.subarray(0, start), oneOf(written), bytes.subarray(end)];
    },
    (bytes) => [bytes.subarray(0, numbers.from(0, bytes.length))],
  ];

  return () => {
    let bytes = Buffer.from(oneOf(samples));
    for (let left = numbers.from(1, CHANGES_MAX); left > 0; left--) {
      bytes = Buffer.concat(oneOf(changes)(bytes)).subarray(0, BYTES_MAX);
    }
    return bytes;
  };
}

const CHANGES_MAX = 6;
const STRETCH_MAX = 40;
const BYTES_MAX = 4096;
