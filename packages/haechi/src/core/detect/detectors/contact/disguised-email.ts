import type { Detector } from "../../detector.ts";

const AT = "(?: ?(?:\\[ ?at ?\\]|\\( ?at ?\\)|\\{ ?at ?\\}|<at>) ?)";
const IN_BRACKETS = ["[]", "()", "{}"].flatMap(([open, close]) =>
  ["at", " at", "at ", " at "].map((at) => open! + at + close!),
);
const DOT = "(?:\\.| ?(?:\\[ ?dot ?\\]|\\( ?dot ?\\)|\\{ ?dot ?\\}|<dot>) ?| dot )";
const TOP_LEVEL = "(?:com|org|net|edu|gov|io|info|dev|co|uk|de|fr|eu|jp|kr|ca|au|in|ch|nl)";

// Addresses spelled so that harvesters do not see them: jane [at] example [dot] com.
export const disguisedEmail: Detector = {
  id: "disguised-email",
  entityType: "email",
  confidence: 0.8,
  anchor: {
    kind: "literal",
    literals: [...IN_BRACKETS, "<at>", " dot "],
    ignoreCase: true,
    // Of the form in words, the domain up to its first dot may stand before the literal.
    lead: 131,
  },
  pattern: new RegExp(
    `(?<![\\w.+-])[\\w.+-]{1,64}(?:${AT}(?:[a-z\\d-]{1,63}${DOT}){1,5}[a-z]{2,24}| at (?:[a-z\\d-]{1,63} dot ){1,4}${TOP_LEVEL})(?![\\w(-])`,
    "i",
  ),
  samples: {
    finds: [
      { text: "jane [at] example [dot] com", why: "brackets" },
      { text: "jane(at)example.com", why: "parentheses, a plain dot" },
      { text: "jane.doe {at} mail {dot} example {dot} org", why: "braces, a subdomain" },
      { text: "write to jane at example dot com", match: "jane at example dot com", why: "words" },
    ],
    ignores: [
      { text: "look at the dot", why: "ordinary words" },
      { text: "we met at example.com", why: "a place" },
      { text: "value (at) index", why: "no domain" },
    ],
  },
};
