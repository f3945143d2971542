import type { Detector } from "../../detector.ts";

// The sign itself, and what it is called in English, German, Spanish, Portuguese and Italian.
const SAID_AT = ["at", "@", "ät", "arroba", "chiocciola"];
const SAID_DOT = "(?:dot|\\.|punkt|punto|ponto|point)";
const IN_BRACKETS = ["[]", "()", "{}"].flatMap(([open, close]) => [
  ...SAID_AT.flatMap((at) => [at, ` ${at}`, `${at} `, ` ${at} `]).map((at) => open! + at + close!),
]);
const BRACKETED_AT = `(?:${SAID_AT.join("|")})`;
const AT = `(?: ?(?:\\[ ?${BRACKETED_AT} ?\\]|\\( ?${BRACKETED_AT} ?\\)|\\{ ?${BRACKETED_AT} ?\\}|<at>) ?|_at_)`;
const DOT = `(?:\\.| ?(?:\\[ ?${SAID_DOT} ?\\]|\\( ?${SAID_DOT} ?\\)|\\{ ?${SAID_DOT} ?\\}|<dot>) ?| dot )`;
/** In words, by language: what stands for the sign and for a dot. */
const WORDED = [
  ["at", "dot"],
  ["arroba", "punto"],
  ["arroba", "ponto"],
  ["chiocciola", "punto"],
  ["arobase", "point"],
  ["골뱅이", "점"],
  ["골뱅이", "닷"],
];
const TOP_LEVEL = "(?:com|org|net|edu|gov|io|info|dev|co|uk|de|fr|eu|jp|kr|ca|au|in|ch|nl)";

// Addresses spelled so that harvesters do not see them: jane [at] example [dot] com.
export const disguisedEmail: Detector = {
  id: "disguised-email",
  entityType: "email",
  confidence: 0.8,
  anchor: {
    kind: "literal",
    literals: [...IN_BRACKETS, "<at>", "_at_", " dot ", " arroba ", " chiocciola ", " arobase ", " 골뱅이 "],
    ignoreCase: true,
    // Of the form in words, the domain up to its first dot may stand before the literal.
    lead: 131,
  },
  pattern: new RegExp(
    `(?<![\\w.+-])[\\w.+-]{1,64}?(?:${AT}(?:[a-z\\d-]{1,63}${DOT}){1,5}[a-z]{2,24}|${WORDED.map(([at, dot]) => ` ${at} (?:[a-z\\d-]{1,63} ${dot} ){1,4}${TOP_LEVEL}`).join("|")})(?![\\w(-])`,
    "i",
  ),
  samples: {
    finds: [
      { text: "jane [at] example [dot] com", why: "brackets" },
      { text: "jane(at)example.com", why: "parentheses, a plain dot" },
      { text: "jane.doe {at} mail {dot} example {dot} org", why: "braces, a subdomain" },
      { text: "jane[@]example[.]com", why: "the signs in brackets" },
      { text: "jane_AT_example.com", why: "underscores" },
      { text: "jane (ät) example (punkt) de", why: "German" },
      { text: "jane arroba example punto com", why: "Spanish words" },
      { text: "jane 골뱅이 example 점 com", why: "Korean words" },
      { text: "write to jane at example dot com", match: "jane at example dot com", why: "words" },
    ],
    ignores: [
      { text: "look at the dot", why: "ordinary words" },
      { text: "we met at example.com", why: "a place" },
      { text: "value (at) index", why: "no domain" },
    ],
  },
};
