import type { Detector } from "../../detector.ts";
import { lazily } from "../../lazily.ts";
import { anyNameOf, PASSWORD_NAMES, SHORT_NAMES } from "../../secrets/secret-names.ts";
import { looksChosen, looksLikeThrownLetters } from "../../secrets/secret-value.ts";

// Passwords that elsewhere would be names: a word and a number behind a joint, letters of
// both cases thrown together.
const VALUE = "\\\\{0,3}[\"'「]?(?<value>[A-Za-z]{4,12}[-_.]\\d{2,4}[!?$#]{0,2}|[A-Za-z]{8,24})(?![\\w(\\[\\-:=/@])";
const SIGN = "[ \\t]{0,20}(?::|={1,2}|:=|=>)[ \\t]{0,10}";
const SAID = " (?:is|was|ist|lautet|es|est|é|è|to|är|er|adalah) |(?:는|은|は|是) {0,2}";

const pattern = lazily(
  () =>
    new RegExp(
      `${anyNameOf(PASSWORD_NAMES, SHORT_NAMES)}(?:\\\\{0,3}["'\`]?(?:\\]|\\*{2}|\\))?${SIGN}|${SAID})${VALUE}`,
      "i",
    ),
);

export const madeUpPassword: Detector = {
  id: "made-up-password",
  entityType: "secret",
  confidence: 0.7,
  anchor: {
    kind: "keyed",
    names: [...PASSWORD_NAMES, ...SHORT_NAMES],
    reach: 40,
    memberValue: /[A-Za-z]{4,24}(?:[-_.]\d{2,4}[!?$#]{0,2})?/,
  },
  get pattern() {
    return pattern();
  },
  accepts: (match) => looksChosen(match) || looksLikeThrownLetters(match),
  samples: {
    finds: [
      { text: "my password is Monkey_56!", match: "Monkey_56!", why: "a word and a number" },
      { text: "Passwort: Berlin-3439", match: "Berlin-3439", why: "another joint" },
      { text: "Pwd=yHDExnHe;Database=d", match: "yHDExnHe", why: "letters of both cases" },
    ],
    ignores: [
      { text: "password=swordfish", why: "a word" },
      { text: "password = PasswordField", why: "the name of a class" },
      { text: "Passwort: Kapitel-12", why: "a section" },
      { text: "the pass is Form_12(x)", why: "code" },
    ],
  },
};
