import { weightedSum } from "../checksums/weighted-sum.ts";
import { lettersAndDigitsOf } from "./letters-and-digits-of.ts";

/** True when the last letter is the check letter of a Singapore NRIC or FIN. */
export function hasNricLetter(text: string): boolean {
  const upper = lettersAndDigitsOf(text);
  const series = upper[0] ?? "";
  const remainder = (weightedSum(upper.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + (OFFSETS[series] ?? 0)) % 11;
  // The table of the M series (2022) is read from its end.
  return LETTERS[series]?.[series === "M" ? 10 - remainder : remainder] === upper[8];
}

const OFFSETS: Readonly<Record<string, number>> = { T: 4, G: 4, M: 3 };

const LETTERS: Readonly<Record<string, string>> = {
  S: "JZIHGFEDCBA",
  T: "JZIHGFEDCBA",
  F: "XWUTRQPNMLK",
  G: "XWUTRQPNMLK",
  M: "KLJNPQRTUWX",
};
