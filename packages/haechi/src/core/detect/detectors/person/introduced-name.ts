import type { Detector } from "../../detector.ts";
import { ANY_NAME, FULL_NAME, isLikelyName } from "../../numbering/latin-name.ts";

const INTRODUCTIONS =
  "my name is,my name's,je m'appelle,mein name ist,ich heiße,me llamo,mi nombre es,mi chiamo,meu nome é,mijn naam is".split(
    ",",
  );
const SALUTATIONS = "dear,cher,chère,liebe,lieber,estimado,estimada,caro,cara,beste".split(",");
const CLOSINGS =
  "regards,best,sincerely,yours truly,yours faithfully,many thanks,cordialement,grüßen,saludos,groeten".split(",");

// German nouns begin with a capital.
const inAnyCase = (words: readonly string[]): string =>
  words
    .flatMap((word) => [word, word.replace("mein name", "mein Name")])
    .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)])
    .join("|");

// A name behind the words by which somebody gives it, in the salutation of a letter
// or below its close.
export const introducedName: Detector = {
  id: "introduced-name",
  entityType: "person_name",
  confidence: 0.65,
  anchor: {
    kind: "keyed",
    names: [...INTRODUCTIONS, ...SALUTATIONS.map((word) => `${word} `), ...CLOSINGS.map((word) => `${word},`)],
    reach: 6,
    memberValue: new RegExp(FULL_NAME),
  },
  pattern: new RegExp(
    `(?<![\\w.-])(?:(?:${inAnyCase(INTRODUCTIONS)}) (?<value>${ANY_NAME})|(?:${inAnyCase(SALUTATIONS)}) (?<value>${FULL_NAME})(?=[,:!])|(?:${inAnyCase(CLOSINGS)}),(?:\\n|\\\\n){1,3}(?<value>${ANY_NAME}))(?![\\w(:/-])`,
  ),
  accepts: isLikelyName,
  samples: {
    finds: [
      { text: "Hello, my name is Jane.", match: "Jane", why: "an introduction" },
      { text: "Dear John Smith, thank", match: "John Smith", why: "a salutation" },
      { text: "Best regards,\nJane Doe", match: "Jane Doe", why: "the close of a letter" },
      { text: "Ich heiße Jörg Müller", match: "Jörg Müller", why: "German" },
      { text: "Mein Name ist Jürgen Weiß.", match: "Jürgen Weiß", why: "German, with a noun" },
    ],
    ignores: [
      { text: "my name is unimportant", why: "no name" },
      { text: "Dear Customer Service,", why: "an office" },
      { text: "oh dear", why: "an exclamation" },
    ],
  },
};
