import { weightedSum } from "../checksums/weighted-sum.ts";
import { digitsOf } from "./digits-of.ts";

/** True when nine digits pass the 11-proef of the Dutch burgerservicenummer; eight are read with a leading 0. */
export function isBsn(text: string): boolean {
  const digits = digitsOf(text).padStart(9, "0");
  return new Set(digits).size > 1 && weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}
