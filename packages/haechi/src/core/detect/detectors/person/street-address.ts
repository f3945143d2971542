import type { Detector } from "../../detector.ts";

const STREET_TYPES =
  "Street,St,Avenue,Ave,Boulevard,Blvd,Road,Rd,Drive,Dr,Lane,Ln,Court,Ct,Place,Pl,Parkway,Pkwy,Circle,Cir,Terrace,Ter,Square,Sq,Highway,Hwy,Trail,Trl,Way,Close,Crescent,Gardens,Grove,Mews".split(
    ",",
  );
const WORD = "(?:[A-Z][A-Za-z'’.-]{0,20}|\\d{1,3}(?:st|nd|rd|th))";
const UNIT = "(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Flat|#)\\.? ?#?[\\w-]{1,6})?";
const CITY = "[A-Z][a-zA-Z.'-]{1,20}(?: [A-Z][a-zA-Z.'-]{1,20}){0,2}";
const STATE = "(?:[A-Z]{2}|[A-Z][a-z]{3,12}(?: [A-Z][a-z]{3,9})?)";
// A ZIP code of the United States, a postcode of Britain or Canada.
const POSTCODE = "(?:\\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d|\\d{4})";
const TOWN = `(?:,? {0,2}(?:\\n|\\\\n)?${CITY}(?:,? ${STATE})?,? ${POSTCODE})`;

// A house number, a street by one of its English names, mostly a town.
export const streetAddress: Detector = {
  id: "street-address",
  entityType: "address",
  confidence: 0.65,
  anchor: { kind: "literal", literals: STREET_TYPES.map((type) => ` ${type}`), lead: 72 },
  pattern: new RegExp(
    `(?<![\\w.,:/#-])\\d{1,5}[A-Za-z]? (?:[NSEW]{1,2}\\.? )?${WORD}(?: ${WORD}){0,2} (?:${STREET_TYPES.join("|")})(?:\\b\\.?)(?: [NSEW]{1,2}\\b)?${UNIT}${TOWN}?(?![\\w(-])`,
  ),
  // The office that copyright notices name.
  accepts: (match) => !/^(?:51 Franklin|59 Temple|675 Mass)/.test(match),
  samples: {
    finds: [
      { text: "123 Main St, Springfield, IL 62704", why: "the United States" },
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
