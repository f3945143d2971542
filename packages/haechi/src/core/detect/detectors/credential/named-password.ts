import type { Detector } from "../../detector.ts";
import { lazily } from "../../lazily.ts";
import { anyNameOf, PASSWORD_NAMES, SHORT_NAMES } from "../../secrets/secret-names.ts";
import { looksLikeThrownTogether, looksLikeWordPassword } from "../../secrets/secret-value.ts";

// What nothing but its name tells to be a password: a single word in quotes, and the
// passwords of generators, which hold brackets, commas and semicolons, where other values
// end. The latter are told from code by brackets that do not pair.
const WORD = "\\\\{0,3}[\"'](?<value>[a-z]{5,20})(?=[\"'\\\\])";
const THROWN_TOGETHER = "(?<value>[A-Za-z]{0,20}[!#-&(-@[-_{-~][!#-&(-_a-~]{7,47})(?![^\\s])";

const pattern = lazily(
  () =>
    new RegExp(
      `${anyNameOf(PASSWORD_NAMES, SHORT_NAMES)}\\\\{0,3}["'\`]?(?:\\]|\\*{2}|\\))?[ \\t]{0,20}(?::|={1,2}|:=|=>)[ \\t]{0,10}(?:${WORD}|${THROWN_TOGETHER})`,
      "i",
    ),
);

export const namedPassword: Detector = {
  id: "named-password",
  entityType: "secret",
  confidence: 0.7,
  anchor: { kind: "keyed", names: [...PASSWORD_NAMES, ...SHORT_NAMES], reach: 40, memberValue: /[!-~]{5,48}/ },
  get pattern() {
    return pattern();
  },
  accepts: (match) => looksLikeWordPassword(match) || looksLikeThrownTogether(match),
  samples: {
    finds: [
      { text: 'password = "swordfish"', match: "swordfish", why: "a word in code" },
      { text: '{"db_password": "opensesame"}', match: "opensesame", why: "a word in JSON" },
      { text: "password=m{{h}o)p!k}9", match: "m{{h}o)p!k}9", why: "brackets that do not pair" },
    ],
    ignores: [
      { text: 'password: "required"', why: "a rule of a form" },
      { text: 'password: "Swordfish"', why: "a label, by its capital" },
      { text: 'password: "contrasena"', why: "a translation" },
      { text: 'passwordType: "swordfish"', why: "another name" },
      { text: "password=swordfish", why: "a word without quotes" },
      { text: "password=readPassword(0)[1]", why: "code" },
    ],
  },
};
