import { VALUE_OF_ANY_MARKS } from "../../assignment.ts";
import type { Detector } from "../../detector.ts";
import { anyNameOf, PASSWORD_NAMES, SHORT_NAMES } from "../../secret-names.ts";
import { looksLikeThrownTogether } from "../../secret-value.ts";

// Passwords of a generator hold brackets, commas and semicolons, where other values
// end. One is told from code by brackets that do not pair.
export const thrownTogetherPassword: Detector = {
  id: "thrown-together-password",
  entityType: "secret",
  confidence: 0.8,
  anchor: { kind: "keyed", names: [...PASSWORD_NAMES, ...SHORT_NAMES], reach: 30, memberValue: /[!-~]{8,128}/ },
  pattern: new RegExp(`${anyNameOf(PASSWORD_NAMES, SHORT_NAMES)}${VALUE_OF_ANY_MARKS}`, "i"),
  accepts: looksLikeThrownTogether,
  samples: {
    finds: [{ text: "password=m{{h}o)p!k}9", match: "m{{h}o)p!k}9", why: "brackets that do not pair" }],
    ignores: [{ text: "password=readPassword(0)[1]", why: "code" }],
  },
};
