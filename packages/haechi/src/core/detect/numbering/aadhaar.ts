import { passesVerhoeff } from "../checksums/verhoeff.ts";
import { grouped } from "../surroundings/grouped.ts";
import { labelWords } from "../surroundings/label-words.ts";
import { digitsOf } from "./digits-of.ts";

const SEPARATORS = ["-", " ", ".", ":", "/"];

/** Source of a pattern for all groupings in which it is written. Most say little without a label. */
export const AADHAAR_FORMS: string = `(?:${[
  "[2-9]\\d{11}",
  grouped(["[2-9]\\d{3}", "\\d{4}", "\\d{4}"], SEPARATORS),
  grouped(["[2-9]\\d{2}", "\\d{3}", "\\d{3}", "\\d{3}"], SEPARATORS),
  grouped(["[2-9]\\d{5}", "\\d{6}"], SEPARATORS),
].join("|")})`;

/** What it is called, in text and in keys. */
export const AADHAAR_LABELS: readonly string[] = labelWords(
  "aadhaar,aadhar,adhaar,adhar,aadhaar no,aadhar no,uidai,uid number,uid no,unique identification,आधार,ஆதார்,ఆధార్,ಆಧಾರ್,ആധാർ,আধার,આધાર,ਆਧਾਰ",
);

/** True when twelve digits can be an Aadhaar number: first digit 2 to 9, Verhoeff check digit, no palindrome (UIDAI). */
export function isAadhaar(text: string): boolean {
  const digits = digitsOf(text);
  return digits >= "2" && passesVerhoeff(digits) && digits !== [...digits].reverse().join("");
}
