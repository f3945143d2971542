import type { Detector } from "../../detector.ts";

const STATES =
  "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY";

// A town of the United States with its state and ZIP code (USPS Publication 28), or
// a post office box.
export const townAndZip: Detector = {
  id: "town-and-zip",
  entityType: "address",
  confidence: 0.6,
  anchor: { kind: "literal", literals: STATES.split("|").map((state) => ` ${state} `), lead: 66 },
  pattern: new RegExp(
    `(?<![\\w.-])[A-Z][a-zA-Z.'-]{1,20}(?: [A-Z][a-zA-Z.'-]{1,20}){0,2},? (?:${STATES}) \\d{5}(?:-\\d{4})?(?![\\w-])`,
  ),
  accepts: (match) => !/^(?:(?:Boston|Cambridge),? MA|[A-Z]+ )/.test(match),
  samples: {
    finds: [{ text: "Springfield, IL 62704", why: "a town" }],
    ignores: [
      { text: "Boston, MA 02110-1301", why: "a copyright notice" },
      { text: "ERROR IN 12345", why: "a message" },
      { text: "Springfield, XX 62704", why: "no state" },
    ],
  },
};
