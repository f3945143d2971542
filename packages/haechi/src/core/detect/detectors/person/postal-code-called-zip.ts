import type { Detector } from "../../detector.ts";
import { NAME_BEGINS, unlessBehind } from "../../surroundings/behind-name.ts";

const NAMES = ["zip", "plz", "cep"];

// A postal code of digits right behind one of the three letters for it in the United
// States, in German and in Portuguese.
export const postalCodeCalledZip: Detector = {
  id: "postal-code-called-zip",
  entityType: "address",
  confidence: 0.6,
  anchor: { kind: "digits", run: 3 },
  pattern: /(?<![\w.+-])(?<value>\d{5}-\d{3,4}|\d{3} \d{2}|\d{4,6})(?![\w-])/,
  context: {
    requires: NAMES,
    rejects: unlessBehind(
      `${NAME_BEGINS}(?:${NAMES.join("|")})\\\\{0,3}["'\`]?(?:[ \\t]{0,2}[:=：][ \\t]{0,3}|> ?| (?:is )?)\\\\{0,3}["'\`]?`,
    ),
    reach: 20,
  },
  samples: {
    finds: [
      { text: '"zip": "62704-1234"', match: "62704-1234", why: "the United States" },
      { text: "PLZ 10115 Berlin", match: "10115", why: "Germany" },
      { text: "CEP: 01310-100", match: "01310-100", why: "Brazil" },
    ],
    ignores: [
      { text: "zip: files/12345", why: "a path" },
      { text: "gzip 12345", why: "a piece of a word" },
      { text: "zip 1234567 bytes", why: "too long" },
    ],
  },
};
