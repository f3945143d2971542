/** A whole number from 0 up to below the bound. */
export type Random = (bound: number) => number;

/** Marsaglia's 32-bit xorshift: small, and the same numbers for the same seed everywhere. */
export function xorshift(seed: number): Random {
  let state = seed;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}
