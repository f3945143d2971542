import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import {
  hasBirthDate,
  hasResidentCheckDigit,
  isBornUnderRandomNumbers,
  KR_RRN_FORMS,
} from "../../numbering/kr-resident-number.ts";
import { standing, standingAlone } from "../../surroundings/edges.ts";
import { inLongerValue } from "../../surroundings/surroundings.ts";

// A day of birth that exists and the check digit; without the check digit only in
// the printed form and only for people born since numbers are random.
export const krRrn: Detector = {
  id: "kr-rrn-like",
  entityType: "kr_rrn",
  confidence: 0.85,
  anchor: { kind: "digits", run: 6, lead: 1 },
  pattern: new RegExp(`${standingAlone(KR_RRN_FORMS)}|${standing("\\d{6}(?: ?- ?\\d| ?[1-8])\\d{6}")}`),
  accepts: (match) => {
    const digits = digitsOf(match);
    const printed = match.length > digits.length;
    if (!hasBirthDate(digits) || (!printed && MILLISECOND_TIMESTAMP.test(digits))) return false;
    return hasResidentCheckDigit(digits) || (printed && isBornUnderRandomNumbers(digits));
  },
  context: { rejects: inLongerValue, reach: 40 },
  samples: {
    finds: [
      { text: "900101-1234568", why: "a citizen" },
      { text: "9001011234568", why: "no separator" },
      { text: "900101 1234568", why: "a blank" },
      { text: "주민번호 900101 - 1234568입니다", match: "900101 - 1234568", why: "blanks round the hyphen" },
      { text: "**_900101-1234568_**", match: "900101-1234568", why: "emphasis of Markdown" },
      { text: "911124-5678906", why: "a foreigner, with the foreigners' check digit" },
      { text: "900101/1234568", why: "a slash, the whole text" },
      { text: "210305-3123456", why: "born since the last six digits are random" },
      { text: "2024-05-06 10:22:33 Kim/M/900101-1234568", match: "900101-1234568", why: "a record" },
      { text: "991231-9123451", why: "born in the nineteenth century" },
    ],
    ignores: [
      { text: "900101-1234567", why: "the check digit is wrong" },
      { text: "901301-1234568", why: "month 13" },
      { text: "230230-3123456", why: "30 February" },
      { text: "900101-1******", why: "a number that is masked" },
      { text: "1514038750000", why: "a millisecond timestamp with month 40" },
      { text: "1512011234567", why: "a millisecond timestamp that reads as a date" },
      { text: '{"time":1707163356733}', why: "a millisecond timestamp that reads as a child's" },
      { text: "a900101-1234568", why: "a piece of a longer word" },
      { text: "sha256:a/900101-1234568", why: "a piece of a digest" },
      { text: "900101\n1234568", why: "a line break inside" },
    ],
  },
};

/** Milliseconds since 1970, from 2011 to 2033: of those born in 2013 to 2019, a number in print has a hyphen. */
const MILLISECOND_TIMESTAMP = /^1[3-9]/;
