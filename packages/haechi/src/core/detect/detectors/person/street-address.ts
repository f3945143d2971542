import type { Detector } from "../../detector.ts";

// Long enough to be looked for, and those that are written with two letters only.
const STREET_TYPES =
  "Street,Avenue,Ave,Boulevard,Blvd,Road,Drive,Lane,Court,Place,Parkway,Pkwy,Circle,Cir,Terrace,Ter,Square,Highway,Hwy,Trail,Trl,Way,Close,Crescent,Gardens,Grove,Mews".split(
    ",",
  );
const SHORT_TYPES = "St,Rd,Dr,Ln,Ct,Pl,Sq".split(",");
const WORD = "(?:[A-Z][A-Za-z'’.-]{0,20}|\\d{1,3}(?:st|nd|rd|th))";
const UNIT = "(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Flat|#)\\.? ?#?[\\w-]{1,6})?";
const CITY = "[A-Z][a-zA-Z.'-]{1,20}(?: [A-Z][a-zA-Z.'-]{1,20}){0,2}";
const STATE = "(?:[A-Z]{2}|[A-Z][a-z]{3,12}(?: [A-Z][a-z]{3,9})?)";
// A ZIP code of the United States, a postcode of Britain or Canada.
const POSTCODE = "(?:\\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d|\\d{4})";
const TOWN = `(?:,? {0,2}(?:\\n|\\\\n)?${CITY}(?:,? ${STATE})?,? ${POSTCODE})`;

/** A street of one of the types behind its house number. */
function streetOf(number: string, types: readonly string[]): RegExp {
  return new RegExp(
    `(?<![\\w.,:/#-])${number}[A-Za-z]? (?:[NSEW]{1,2}\\.? )?${WORD}(?: ${WORD}){0,2} (?:${types.join("|")})(?:\\b\\.?)(?: [NSEW]{1,2}\\b)?${UNIT}${TOWN}?(?![\\w(-])`,
  );
}

const common = {
  entityType: "address",
  confidence: 0.65,
  // The office that copyright notices name.
  accepts: (match: string) => !/^(?:51 Franklin|59 Temple|675 Mass)/.test(match),
} as const;

// A house number, a street by one of its English names, mostly a town.
export const streetAddress: Detector = {
  ...common,
  id: "street-address",
  anchor: { kind: "literal", literals: STREET_TYPES.map((type) => ` ${type}`), lead: 72 },
  pattern: streetOf("\\d{1,5}", STREET_TYPES),
  samples: {
    finds: [
      { text: "lives at 4500 N Oak Tree Drive Apt 12.", match: "4500 N Oak Tree Drive Apt 12", why: "no town" },
      { text: "10 Downing Street, London SW1A 2AA", why: "Britain" },
      { text: "221 5th Ave, New York, NY 10001", why: "a numbered avenue" },
    ],
    ignores: [
      { text: "51 Franklin Street, Fifth Floor, Boston, MA 02110", why: "a copyright notice" },
      { text: "3 Ways to Drive Traffic", why: "a heading" },
      { text: "12 open road projects", why: "small letters" },
    ],
  },
};

// The same with an abbreviation of two letters, behind a number of two digits or more.
export const abbreviatedStreetAddress: Detector = {
  ...common,
  id: "abbreviated-street-address",
  anchor: { kind: "digits", run: 2 },
  pattern: streetOf("\\d{2,5}", SHORT_TYPES),
  samples: {
    finds: [
      { text: "123 Main St, Springfield, IL 62704", why: "the United States" },
      { text: "77 Massachusetts Pl.", why: "a point" },
    ],
    ignores: [{ text: "12 Strings", why: "a word" }],
  },
};

// The same behind a number of one digit.
export const abbreviatedStreetOfOneDigit: Detector = {
  ...common,
  id: "abbreviated-street-of-one-digit",
  anchor: {
    kind: "literal",
    literals: SHORT_TYPES.flatMap((type) => [`${type}.`, `${type},`, `${type} `]).map((end) => ` ${end}`),
    lead: 72,
  },
  pattern: streetOf(
    "\\d",
    SHORT_TYPES.map((type) => `${type}(?=[., ])`),
  ),
  samples: {
    finds: [{ text: "5 Main St, Springfield, IL 62704", why: "the United States" }],
    ignores: [{ text: "5 Stars", why: "a word" }],
  },
};
