import type { Detector } from "../../detector.ts";

/** States and territories by the first digit of their ZIP codes (USPS Publication 65). */
const STATES_BY_DIGIT =
  "CT MA ME NH NJ NY PR RI VT,DE NY PA,DC MD NC SC VA WV,AL FL GA MS TN,IN KY MI OH,IA MN MT ND SD WI,IL KS MO NE,AR LA OK TX,AZ CO ID NM NV TX UT WY,AK CA HI OR WA".split(
    ",",
  );
const STATE_AND_DIGIT = STATES_BY_DIGIT.flatMap((states, digit) =>
  states.split(" ").map((state) => `${state} ${digit}`),
);

// A town of the United States with its state and ZIP code (USPS Publication 28), or
// a post office box.
export const townAndZip: Detector = {
  id: "town-and-zip",
  entityType: "address",
  confidence: 0.6,
  anchor: { kind: "literal", literals: STATE_AND_DIGIT.map((state) => ` ${state}`), lead: 66 },
  pattern: new RegExp(
    `(?<![\\w.-])[A-Z][a-zA-Z.'-]{1,20}(?: [A-Z][a-zA-Z.'-]{1,20}){0,2},? (?:${STATE_AND_DIGIT.join("|")})\\d{4}(?:-\\d{4})?(?![\\w-])`,
  ),
  accepts: (match) => !/^(?:(?:Boston|Cambridge),? MA|[A-Z]+ )/.test(match),
  samples: {
    finds: [{ text: "Springfield, IL 62704", why: "a town" }],
    ignores: [
      { text: "Boston, MA 02110-1301", why: "a copyright notice" },
      { text: "ERROR IN 12345", why: "a message" },
      { text: "Springfield, XX 62704", why: "no state" },
      { text: "Springfield, IL 12704", why: "a code of another state" },
    ],
  },
};
