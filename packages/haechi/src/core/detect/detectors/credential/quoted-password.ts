import type { Detector } from "../../detector.ts";
import { lazily } from "../../lazily.ts";
import { isNoAssignment, QUOTED_VALUE } from "../../secrets/assignment.ts";
import { anyNameOf, PASSWORD_NAMES, SHORT_NAMES } from "../../secrets/secret-names.ts";
import { looksLikePassword } from "../../secrets/secret-value.ts";

const pattern = lazily(() => new RegExp(`${anyNameOf(PASSWORD_NAMES, SHORT_NAMES)}${QUOTED_VALUE}`, "i"));

// A literal under the name of a password. Name and quotes say so much that a short
// word with a digit is taken too.
export const quotedPassword: Detector = {
  id: "quoted-password",
  entityType: "secret",
  confidence: 0.85,
  anchor: { kind: "keyed", names: [...PASSWORD_NAMES, ...SHORT_NAMES], reach: 40, memberValue: /[^\r\n]{4,200}/ },
  get pattern() {
    return pattern();
  },
  accepts: looksLikePassword,
  context: { rejects: isNoAssignment, reach: 100 },
  samples: {
    finds: [
      { text: '{"password": "S3cr3tV4lue99x"}', match: "S3cr3tV4lue99x", why: "a member of JSON in a text" },
      { text: 'DB_PASSWORD="correct-h0rse!"', match: "correct-h0rse!", why: "a prefix in snake case" },
      { text: 'password: "hunter2"', match: "hunter2", why: "a word and a digit" },
      { text: 'passphrase = "p@ss w0rd!"', match: "p@ss w0rd!", why: "a blank in a quoted value" },
      { text: 'setOption("password", "aB3dE6gH")', match: "aB3dE6gH", why: "an argument" },
    ],
    ignores: [
      { text: `password: "$${"{DB_PASSWORD1}"}"`, why: "a template" },
      { text: 'password: "[TOKEN:tok_secret_0123456789abcdef]"', why: "our own marker, quoted" },
      { text: '"password": "Enter your password 1 here"', why: "a label" },
      { text: '["md5", "password", "scram-sha-256"]', why: "a list of words" },
      { text: 'password: "2024-01-31"', why: "a date" },
    ],
  },
};
