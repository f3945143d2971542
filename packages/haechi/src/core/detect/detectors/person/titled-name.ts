import type { Detector } from "../../detector.ts";
import { ANY_NAME, isLikelyName } from "../../numbering/latin-name.ts";

const TITLES =
  "Mr.,Mrs.,Ms.,Mr ,Mrs ,Ms ,Miss ,Dr.,Prof.,Herr ,Frau ,Mme ,Mlle ,Monsieur ,Madame ,Señor ,Señora ,Sr. ,Sra. ,Sig. ,Signora ".split(
    ",",
  );

// A title that is used before names only, and the name.
export const titledName: Detector = {
  id: "titled-name",
  entityType: "person_name",
  confidence: 0.65,
  anchor: { kind: "literal", literals: TITLES },
  pattern: new RegExp(`(?<!\\w)(?:${TITLES.map((title) => title.replace(".", "\\.")).join("|")}) ?${ANY_NAME}(?!\\w)`),
  accepts: (match) => isLikelyName(match) && !/Dobb/.test(match),
  samples: {
    finds: [
      { text: "Dear Mr. Smith,", match: "Mr. Smith", why: "English" },
      { text: "seen by Dr. Maria Garcia today", match: "Dr. Maria Garcia", why: "a physician" },
      { text: "Sehr geehrte Frau Müller", match: "Frau Müller", why: "German" },
    ],
    ignores: [
      { text: "Dr. Dobb's Journal", why: "a magazine" },
      { text: "Ms Windows", why: "a product" },
      { text: "Mr. and Mrs.", why: "no name" },
    ],
  },
};
