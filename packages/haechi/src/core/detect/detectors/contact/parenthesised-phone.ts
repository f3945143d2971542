import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import { EXTENSION } from "../../numbering/phone-extension.ts";

// An area code in parentheses and a local number in groups, of any country; before
// it sometimes the trunk prefix (8 in Russia, 0 in Turkey).
export const parenthesisedPhone: Detector = {
  id: "parenthesised-phone",
  entityType: "phone",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 4 },
  pattern: new RegExp(
    `(?<![\\w.)\\]+-])(?:[08] ?)?\\((?:0[1-9]\\d{0,4}|[1-9]\\d{1,3})\\)(?:[ -]?\\d{2,5}(?:[ .-]\\d{2,4}){1,3}|[ -]?\\d{6,8})${EXTENSION}(?![\\w-])`,
    "i",
  ),
  accepts: (match) => {
    const length = digitsOf(match).length;
    return length >= 9 && length <= 18 && !OTHER_NUMBER.test(match);
  },
  context: { rejects: (before) => /\d ?$/.test(before), reach: 4 },
  samples: {
    finds: [
      { text: "(010) 6552-9988", why: "Beijing" },
      { text: "(02) 9876 5432", why: "Sydney" },
      { text: "(11) 98765-4321", why: "a Brazilian mobile number" },
      { text: "8 (912) 345-67-89", why: "a Russian mobile number" },
      { text: "0 (212) 345 67 89", why: "Istanbul" },
      { text: "(030) 1234567", why: "Berlin" },
      { text: "(0171)1234567", why: "no blank" },
      { text: "(55) 1234 5678", why: "Mexico City" },
    ],
    ignores: [
      { text: "Nature 392 (1998) 245-2470", why: "a year and pages" },
      { text: "J. Logic 34 (12) 1345-1367", why: "an issue and pages" },
      { text: "f(12) 3456-7890", why: "a call" },
      { text: "(123) 456-789", why: "too short" },
    ],
  },
};

/** Years before pages, and threes. */
const OTHER_NUMBER = /^\((?:(?:1[6-9]|20)\d\d\)|\d{3}\) ?\d{3}[ .-]\d{3}$)/;
