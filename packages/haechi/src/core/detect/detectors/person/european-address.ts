import type { Detector } from "../../detector.ts";

const CAPITAL = "A-ZÀ-ÖØ-Þ";
const LETTER = "a-zà-öø-ÿß";
const NAME = `[${CAPITAL}][${LETTER}'’-]{1,20}`;
const TOWN = `${NAME}(?: (?:am |an der |sur |de |del |la )?${NAME}){0,2}`;
const PARTICLE = "(?:de la |de l['’]|de los |des |du |de |del |della |dei |da |do |dos |d['’]|la |le |les )";
const WORDS = `(?:${PARTICLE}[${CAPITAL}${LETTER}]|[${CAPITAL}])[${LETTER}${CAPITAL}.'’-]{1,20}(?: (?:de la |de |du |des |della |di |da )?${NAME}){0,3}`;
const FIRST = "rue,avenue,boulevard,bd,place,chemin,allée,impasse,quai,cours,route";
const FIRST_IN_ANY_CASE = FIRST.split(",").flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)]);
// What is a word of English too counts before a particle or a name only.
const ENGLISH = ["place", "Place"];
const BEHIND_ENGLISH = [
  ..."de,des,du ,d',d’,da ,do ,dos ,la ,le ,les ,l',l’".split(","),
  ...Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÇÈÉÊËÎÏÔÙÛŒ"),
];
const STREETS = "Calle,Avenida,Avda.,Paseo,Plaza,Via,Viale,Piazza,Corso,Rua,Praça,Travessa,ulica,ul.".split(",");

const GERMAN = `(?:[${CAPITAL}][${LETTER}-]{1,24}(?:straße|strasse|str\\.|weg|platz|allee|gasse|damm|ufer)|[${CAPITAL}][${LETTER}-]{1,20} (?:Straße|Str\\.|Weg|Platz|Allee)) \\d{1,4} ?[a-z]?(?:, ?(?:D-)?\\d{4,5} ${TOWN})?`;
const FRENCH = `\\d{1,4}(?: bis| ter)?,? (?:${FIRST_IN_ANY_CASE.join("|")}) ${WORDS}(?:, ?\\d{5} ${TOWN})?`;
const SOUTHERN = `(?:${STREETS.join("|").replaceAll(".", "\\.")}) ${WORDS},? (?:n[.º°] ?)?\\d{1,4}(?:, ?\\d{4,5}(?:-\\d{3})? ${TOWN})?`;

// Streets of the continent with a house number, in front of it (French) or behind,
// and the town when it follows.
export const europeanAddress: Detector = {
  id: "european-address",
  entityType: "address",
  confidence: 0.65,
  anchor: {
    kind: "literal",
    literals: [
      ..."straße ,strasse ,str. ,weg ,platz ,allee ,gasse ,damm ,ufer ".split(","),
      ..." Straße , Str. , Weg , Platz , Allee ".split(","),
      ...FIRST_IN_ANY_CASE.filter((word) => !ENGLISH.includes(word)).map((word) => ` ${word} `),
      ...ENGLISH.flatMap((word) => BEHIND_ENGLISH.map((first) => ` ${word} ${first}`)),
      ...STREETS.map((street) => `${street} `),
    ],
    lead: 26,
  },
  pattern: new RegExp(`(?<![\\w${CAPITAL}${LETTER}.-])(?:${GERMAN}|${FRENCH}|${SOUTHERN})(?![\\w-])`),
  samples: {
    finds: [
      { text: "Hauptstraße 12, 10115 Berlin", why: "Germany" },
      { text: "Bahnhofstr. 5a", why: "an abbreviation" },
      { text: "12 rue de la Paix, 75002 Paris", why: "France" },
      { text: "12 Rue de Rivoli, 75001 Paris", why: "a capital" },
      { text: "Calle de Alcalá, 42, 28014 Madrid", why: "Spain" },
      { text: "Via Roma 10, 00184 Roma", why: "Italy" },
      { text: "Rua Augusta, 1500", why: "Brazil" },
    ],
    ignores: [
      { text: "auf dem Weg 3 Punkte", why: "a way" },
      { text: "2 place holders", why: "English" },
      { text: "via HTTP 2", why: "a protocol" },
    ],
  },
};
