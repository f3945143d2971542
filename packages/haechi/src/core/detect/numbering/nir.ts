import { mod97 } from "../checksums/mod97.ts";

/** True when the last two of fifteen characters are the key of a French NIR; Corsica counts as 2A = 19, 2B = 18. */
export function hasNirKey(text: string): boolean {
  const compact = text.replace(/[ .-]/g, "").toUpperCase();
  const digits = compact.replace("2A", "19").replace("2B", "18");
  return 97 - mod97(digits.slice(0, 13)) === Number(digits.slice(13));
}
