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
  accepts: (match) => isLikelyName(match) && !/Dobb|Universe|Word/.test(match),
  context: { rejects: isCredited, reach: 60 },
  samples: {
    finds: [
      { text: "Dear Mr. Smith,", match: "Mr. Smith", why: "English" },
      { text: "seen by Dr. Maria Garcia today", match: "Dr. Maria Garcia", why: "a physician" },
      { text: "From: Mr. John Smith <john@example.com>", match: "Mr. John Smith", why: "the header of a mail" },
      { text: "Sehr geehrte Frau Müller", match: "Frau Müller", why: "German" },
    ],
    ignores: [
      { text: "Dr. Dobb's Journal", why: "a magazine" },
      { text: "Ms Windows", why: "a product" },
      { text: "Mr. and Mrs.", why: "no name" },
      { text: "übersetzt von\nDr. Erika Muster <erika@example.org>", why: "a translator with her address" },
      { text: "first released by Dr. Jane Doe", why: "an author" },
      { text: "Dr. Frankenstein's monster", why: "what is named for somebody" },
    ],
  },
};

/**
 * An author, who is named to be known: behind the word for what was done or with an
 * address in angle brackets. Or somebody's work or invention. What belongs to a person otherwise is personal.
 */
function isCredited(before: string, after: string): boolean {
  return (
    /(?:copyright|©|\bauthors?\b|maintain|contribut|translat|übersetz|thanks to|(?:written|developed|released|created|designed|invented|based) (?:\d{4} )?(?:by|on))[^\n]{0,24}\s*$/i.test(
      before,
    ) ||
    (/^ ?(?:<|&lt;)[^\s>]{1,40}@/.test(after) && !/(?:from|to|cc|contact|attn)[: ]{1,2}$/i.test(before)) ||
    (/^['’]s\s/.test(after) && !PERSONAL.test(after))
  );
}

const PERSONAL =
  /^['’]s (?:[a-z]+ )?(?:account|address|appointment|bill|birth|blood|card|case|chart|condition|contact|daughter|diagnosis|e-?mail|file|health|home|house|husband|insurance|invoice|licen[cs]e|medical|mobile|number|order|passport|password|patient|payment|phone|policy|prescription|record|salary|social|son|ssn|surgery|tax|test|treatment|wife)/i;
