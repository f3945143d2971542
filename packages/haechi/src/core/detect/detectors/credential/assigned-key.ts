import type { Detector } from "../../detector.ts";
import { lazily } from "../../lazily.ts";
import { BARE_VALUE, isNextWord, QUOTED_VALUE } from "../../secrets/assignment.ts";
import { branching, PASSWORD_NAMES, SECRET_NAMES, WEAK_NAMES } from "../../secrets/secret-names.ts";
import { looksRandom } from "../../secrets/secret-value.ts";

const NAMES = [...SECRET_NAMES, ...PASSWORD_NAMES];
const secret = lazily(() => branching(NAMES));
// More words behind the name of a secret may make it the name of something else: token_github, token_type.
const LONGER_NAME = "[A-Za-z\\d][\\w-]{1,30}";
/** End the names of personal access tokens, and of addresses of data sources. */
const ENDINGS = ["_pat", "_dsn"];
/** Right behind the name, as people write to each other. */
const NEXT_WORD = ":? {1,2}(?<value>[\\w.~+/-]{16,200}={0,2})(?![\\w~+/=-])";

const pattern = lazily(() => {
  const weak = `(?:(?:(?<![A-Za-z])|(?-i:(?<=[a-z])(?=[A-Z])))${branching(WEAK_NAMES)}|${branching(ENDINGS)})(?:[_-]?\\d{1,2})?`;
  const ofSecret = `${secret()}[ _-]?(?:${LONGER_NAME}(?:${QUOTED_VALUE}|${BARE_VALUE})|${NEXT_WORD})`;
  return new RegExp(`(?:${ofSecret}|${weak}(?:${QUOTED_VALUE}|${BARE_VALUE}))`, "i");
});

// Names such as `key` and `auth` stand for many things, and so do names that go on:
// only what a generator made counts.
export const assignedKey: Detector = {
  id: "assigned-key",
  entityType: "secret",
  confidence: 0.7,
  anchor: {
    kind: "keyed",
    names: [...WEAK_NAMES, ...ENDINGS, ...NAMES],
    reach: 40,
    memberValue: /[\w.~+/=-]{16,4000}/,
  },
  get pattern() {
    return pattern();
  },
  accepts: looksRandom,
  context: { rejects: isNoAssignedKey, reach: 100 },
  samples: {
    finds: [
      { text: 'auth: "k3Jq9ZxV7bNw2RtY8mLp"', match: "k3Jq9ZxV7bNw2RtY8mLp", why: "random characters" },
      { text: "API_KEY_OPENWEATHER=k3Jq9ZxV7bNw2RtY8mLp", match: "k3Jq9ZxV7bNw2RtY8mLp", why: "a name that goes on" },
      {
        text: `AZURE_DEVOPS_EXT_PAT=${"q7w3e5r2t4y6u7i2o3p5".repeat(2)}`,
        match: "q7w3e5r2t4y6u7i2o3p5".repeat(2),
        why: "a token",
      },
      { text: "const acmeKey = 'k3Jq9ZxV7bNw2RtY8mLp'", match: "k3Jq9ZxV7bNw2RtY8mLp", why: "camel case" },
      { text: "setx ACME_KEY k3Jq9ZxV7bNw2RtY8mLp", match: "k3Jq9ZxV7bNw2RtY8mLp", why: "a command of Windows" },
      { text: "use my api key k3Jq9ZxV7bNw2RtY8mLp please", match: "k3Jq9ZxV7bNw2RtY8mLp", why: "a sentence" },
    ],
    ignores: [
      { text: 'key: "translation.of.something1"', why: "words" },
      { text: 'key: "0b7a3c52-5f0e-4a43-9a4e-8e2f0d6b1c11"', why: "a UUID" },
      { text: "auth: aB3dE6gH", why: "short" },
      { text: "key: abc123def456ghi789jkl012", why: "letters and digits in a row" },
      { text: "primaryKey: k3Jq9ZxV7bNw2RtY8mLp", why: "the key of a table" },
      { text: "public_key: k3Jq9ZxV7bNw2RtY8mLp", why: "a key that is no secret" },
      { text: "token_hash: 9f8a7b6c5d4e3f2a1b0c9f8a7b6c5d4e", why: "a digest" },
      { text: "the token tokenization_of_words_1_2", why: "words" },
    ],
  },
};

function isNoAssignedKey(before: string, after: string): boolean {
  return namesAnotherThing(before) || (isNextWord(before, after) && !behindSecret().test(before));
}

const behindSecret = lazily(() => new RegExp(`${secret()}:? {1,2}$`, "i"));

/** True when the last name before the value is that of an identifier, a digest, a public or an ordinary key. */
function namesAnotherThing(before: string): boolean {
  const name = before.split(/[^\w-]+/).findLast((part) => part !== "") ?? "";
  return ANOTHER_THING.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_")) && !/private_?key_?id|sess/i.test(name);
}

const OTHER_KEYS =
  "public primary foreign sort partition cache object row host idempotency publishable site pub etag file index " +
  "lookup map hash dict group i18n translation react ssh pinned known";
const OTHER_THINGS =
  "hash digest checksum fingerprint sha\\d{0,3} md5 ids? uuid guid arn version etag count length size type url uri " +
  "path file name prefix suffix address format pattern regex label description title ref status state algorithm " +
  "issuer subject scope audience mint contract symbol image img src href";
const ANOTHER_THING = new RegExp(
  `(?:^|[_-])(?:${OTHER_KEYS.replaceAll(" ", "|")})[_-]?key|(?:${OTHER_THINGS.replaceAll(" ", "|")})$`,
  "i",
);
