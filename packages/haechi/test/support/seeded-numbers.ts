/** Integers that a seed makes, the same each time. */
export interface SeededNumbers {
  /** Both ends may come. */
  from(min: number, max: number): number;
}

/** A linear congruential generator (Knuth's MMIX constants), its high bits. */
export function numbersOf(seed: number): SeededNumbers {
  let state = BigInt(seed);
  return {
    from(min, max) {
      state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
      return min + Number((state >> 33n) % BigInt(max - min + 1));
    },
  };
}
