import type { Detector } from "../../detector.ts";
import { beginsWithGivenName } from "../../numbering/given-names.ts";
import { FULL_NAME, isLikelyName } from "../../numbering/latin-name.ts";
import { ANSWERED, NAME_LABELS } from "./name-labels.ts";

// A common given name and a family name behind a label that is used of people only,
// without a sign between them: in a sentence, on the line behind, as an answer.
export const nameSentence: Detector = {
  id: "name-sentence",
  entityType: "person_name",
  confidence: 0.65,
  anchor: { kind: "keyed", names: NAME_LABELS, reach: 12, memberValue: new RegExp(FULL_NAME) },
  pattern: new RegExp(
    `(?:(?<![A-Za-z.-])|(?<=[a-z])(?=[A-Z]))(?:${NAME_LABELS.join("|")})(?:${ANSWERED}| is |[ ]|\\n)(?<value>${FULL_NAME})(?![\\w(:/\\\\-])`,
  ),
  accepts: (match) => beginsWithGivenName(match) && isLikelyName(match),
  samples: {
    finds: [
      { text: "Contact person Emily O'Connor", match: "Emily O'Connor", why: "nothing between" },
      { text: "The full name is Jane Doe.", match: "Jane Doe", why: "a sentence" },
      { text: "Kundenname\nAnna Müller", match: "Anna Müller", why: "the line behind" },
      { text: "Q: Vor- und Nachname?\nA: Anna Müller", match: "Anna Müller", why: "an answer" },
    ],
    ignores: [
      { text: "Patient Medical History", why: "a heading" },
      { text: "the full name Lorem Ipsum", why: "no given name" },
    ],
  },
};
