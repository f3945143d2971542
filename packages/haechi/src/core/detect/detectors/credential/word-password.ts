import type { Detector } from "../../detector.ts";
import { anyNameOf, PASSWORD_NAMES } from "../../secret-names.ts";
import { looksLikeWordPassword } from "../../secret-value.ts";

// A single word in quotes, plainly assigned to a password.
export const wordPassword: Detector = {
  id: "word-password",
  entityType: "secret",
  confidence: 0.6,
  anchor: { kind: "keyed", names: PASSWORD_NAMES, reach: 30, memberValue: /[a-z]{5,20}/ },
  pattern: new RegExp(
    `${anyNameOf(PASSWORD_NAMES)}\\\\{0,3}["']?\\]?[ \\t]{0,20}(?::|=|:=|=>) {0,4}\\\\{0,3}["'](?<value>[a-z]{5,20})(?=["'\\\\])`,
    "i",
  ),
  accepts: looksLikeWordPassword,
  samples: {
    finds: [
      { text: 'password = "swordfish"', match: "swordfish", why: "code" },
      { text: '{"db_password": "opensesame"}', match: "opensesame", why: "JSON" },
    ],
    ignores: [
      { text: 'password: "required"', why: "a rule of a form" },
      { text: 'password: "Swordfish"', why: "a label, by its capital" },
      { text: 'password: "contrasena"', why: "a translation" },
      { text: 'passwordType: "swordfish"', why: "another name" },
    ],
  },
};
