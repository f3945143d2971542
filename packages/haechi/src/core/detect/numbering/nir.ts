import { mod97 } from "../checksums/mod97.ts";
import { lettersAndDigitsOf } from "./letters-and-digits-of.ts";

/** True when the last two of fifteen characters are the key of a French NIR; Corsica counts as 2A = 19, 2B = 18. */
export function hasNirKey(text: string): boolean {
  const digits = lettersAndDigitsOf(text).replace("2A", "19").replace("2B", "18");
  return 97 - mod97(digits.slice(0, 13)) === Number(digits.slice(13));
}
