import { passesLuhn } from "../../checksums/luhn.ts";
import { weightedSum } from "../../checksums/weighted-sum.ts";
import type { Detector } from "../../detector.ts";
import { internationalNumber } from "../../numbering/calling-code.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import { standingAlone } from "../../surroundings/edges.ts";
import { inTableOfFigures } from "../../surroundings/surroundings.ts";

// Groups that are usual for phone numbers of some country, as the whole of a text or
// its first line: an answer, a cell of a table, a member. A million or more with
// blanks between its thousands has a first group of one or two digits and then threes.
const FORMS = [
  // Local numbers of seven digits.
  "[2-9]\\d{2}[ -](?:\\d{4}|\\d{2}[ -]\\d{2})",
  // Singapore, Hong Kong, Central America, the Gulf.
  "[1-9]\\d{3} \\d{4}",
  "[2-9]\\d{3}-\\d{4}",
  // Denmark, Norway, West Africa, Haiti.
  "[1-9]\\d(?: \\d{2}){3}",
  "[26](?: \\d{2}){4}",
  "[2-9]\\d \\d{2} \\d{4}",
  // Poland, Portugal, Czechia, Spain, Angola.
  "[2-9]\\d{2}(?: \\d{3} \\d{3}|-\\d{3}-\\d{3})",
  "[2-9]\\d{2} \\d{2} \\d{2} \\d{2}",
  "[2-9]\\d{2} \\d{2} \\d{3}",
  "[1-9]\\d \\d{3} \\d{2} \\d{2}",
  // Mexico, Greece, Mozambique, the Congo.
  "[2-9]\\d \\d{3,4} \\d{4}",
  // Chile, Curaçao.
  "(?:[1-9]|\\([1-9]\\)) \\d{3,4} \\d{4}",
  // A code and an undivided number.
  "[2-9]\\d \\d{6}",
  "[2-9]\\d{2} \\d{5,6}",
  // Italy, Greece, Colombia, Nepal.
  "[2-9]\\d{2}[ /-]\\d{3} ?\\d{4}",
  // Toll-free and shared-cost numbers.
  "1[38]00 \\d{6}",
  "1800 \\d{2} \\d{6}",
  "1-[38]00-\\d{2}-\\d{4}",
  "01[ -]800[ -]\\d{7}",
  // The trunk prefixes 0 and 8, in short groups too.
  "0[1-9]\\d{0,3}(?:[ -]\\d{2,7}){1,3}",
  "\\(0?[1-9]\\d{0,3}\\) ?\\d{5,7}",
  "\\((?:8[ -]\\d{2,3}|06 1)\\) ?(?:\\d{5}|\\d{3} \\d{4}|\\d{2}-\\d{2}-\\d{2})",
  // The same undivided, and numbers of small countries behind their calling code.
  "0[1-9]\\d{8,9}",
  `\\+${internationalNumber("")}`,
];

export const phoneAlone: Detector = {
  id: "phone-alone",
  entityType: "phone",
  confidence: 0.5,
  anchor: { kind: "digits", run: 2, lead: 3 },
  pattern: new RegExp(standingAlone(`(?:${FORMS.join("|")})`)),
  accepts: (match) => {
    const digits = digitsOf(match);
    return (
      digits.length >= 7 && new Set(digits).size >= 3 && !OTHER_NUMBER.test(match) && !isOtherNumber(match, digits)
    );
  },
  context: { rejects: inTableOfFigures, reach: 40 },
  samples: {
    finds: [
      { text: "6123 4567", why: "Singapore" },
      { text: "22 12 34 56", why: "Oslo" },
      { text: "333 1234567", why: "an Italian mobile number" },
      { text: "512 345 678", why: "a Polish mobile number" },
      { text: "555-0123", why: "a local number" },
      { text: "08-12 34 56", why: "a short number of Stockholm" },
      { text: "07911123456", why: "a British mobile number, undivided" },
      { text: "+50031234", why: "the Falkland Islands" },
    ],
    ignores: [
      { text: "about 6123 4567 of them", why: "inside a text" },
      { text: "2019-2020", why: "a range of years" },
      { text: "046 454 286", why: "threes with the check digit of a Canadian number" },
      { text: "12 345 678", why: "thousands" },
      { text: "01 02 2024", why: "a date" },
      { text: "863 794 136\n864 795 137", why: "a table of figures" },
      { text: "0306406152", why: "an ISBN" },
      { text: "0123456789", why: "all the digits" },
      { text: "078-05-1120", why: "a social security number" },
      { text: "0900-1730", why: "hours" },
      { text: "8080-8090", why: "a range" },
      { text: "500-1000", why: "a round range" },
      { text: "0378-5955", why: "an ISSN" },
      { text: "02139-4307", why: "a postal code" },
      { text: "0777-3105-02", why: "the number of a drug" },
    ],
  },
};

/**
 * Years, days, hours, round figures, social security numbers, postal codes of the United States, fours unless of
 * Indonesian mobile codes, two digits behind four as in numbers of drugs, all the digits in their order.
 */
const OTHER_NUMBER = new RegExp(
  `^(?:${[
    "(?:19|20)\\d\\d[ -](?:19|20)\\d\\d",
    "\\d{2}[ -]\\d{2}[ -](?:\\d{2}|(?:19|20)\\d{2})",
    "[0-2]\\d[0-5]\\d[ -][0-2]\\d[0-5]\\d",
    ".*000[ -]000|\\d{3,4}-\\d\\d(?:00|99)",
    "\\d{3}-\\d{2}-\\d{4,5}",
    "\\d{5}-\\d{4}",
    "0(?!8)\\d{3}[ -]\\d{4}[ -]\\d{4}",
    "0.*\\d{4}[ -]\\d\\d",
    "01234567.*",
  ].join("|")})$`,
);

/** A Canadian number in threes, an ISBN of before 2007 (ISO 2108:1992), an ISSN (ISO 3297), a range. */
function isOtherNumber(match: string, digits: string): boolean {
  if (/^\d{3}(?:[ -]\d{3}){2}$/.test(match)) return passesLuhn(digits);
  if (/^\d{10}$/.test(match)) return weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
  if (!/^\d{4}-\d{4}$/.test(match)) return false;
  const length = Number(match.slice(5)) - Number(match.slice(0, 4));
  return (length > 0 && length < 1000) || weightedSum(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
}
