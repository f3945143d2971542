import { passesVerhoeff } from "../checksums/verhoeff.ts";
import { digitsOf } from "./digits-of.ts";

/** True when twelve digits can be an Aadhaar number: first digit 2 to 9, Verhoeff check digit, no palindrome (UIDAI). */
export function isAadhaar(text: string): boolean {
  const digits = digitsOf(text);
  return digits >= "2" && passesVerhoeff(digits) && digits !== [...digits].reverse().join("");
}
