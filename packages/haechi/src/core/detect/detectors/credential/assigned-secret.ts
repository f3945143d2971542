import type { Detector } from "../../detector.ts";
import { lazily } from "../../lazily.ts";
import { BARE_VALUE, isNextWord } from "../../secrets/assignment.ts";
import { anyNameOf, PASSWORD_NAMES, SECRET_NAMES, SHORT_NAMES } from "../../secrets/secret-names.ts";
import { looksLikeBareSecret } from "../../secrets/secret-value.ts";

const NAMES = [...PASSWORD_NAMES, ...SECRET_NAMES];

const pattern = lazily(() => new RegExp(`${anyNameOf(NAMES, SHORT_NAMES)}${BARE_VALUE}`, "i"));

export const assignedSecret: Detector = {
  id: "assignment-secret",
  entityType: "secret",
  confidence: 0.85,
  anchor: {
    kind: "keyed",
    names: [...NAMES, ...SHORT_NAMES],
    reach: 40,
    memberValue: /[^\r\n]{6,4000}/,
  },
  get pattern() {
    return pattern();
  },
  accepts: looksLikeBareSecret,
  context: { rejects: isNextWord, reach: 100 },
  samples: {
    finds: [
      { text: `AccountKey=${"aB3+".repeat(21)}aQ==`, match: `${"aB3+".repeat(21)}aQ==`, why: "an Azure storage key" },
      { text: "auth_token: 9f8a7b6c5d4e3f2a", match: "9f8a7b6c5d4e3f2a", why: "YAML" },
      { text: "DB_PASSWORD=hunter2", match: "hunter2", why: "a word and a digit" },
      { text: "비밀번호는 qwer1234!@ 입니다", match: "qwer1234!@", why: "a Korean sentence" },
      { text: "비밀번호: qwer1234!@입니다", match: "qwer1234!@", why: "Korean right behind it" },
      { text: "my password is Hunter2!x", match: "Hunter2!x", why: "an English sentence" },
      { text: "The password is Hunter2x. Keep it safe.", match: "Hunter2x", why: "the end of a sentence" },
      { text: "Das Passwort lautet aB3dE6gH.", match: "aB3dE6gH", why: "a German sentence" },
      { text: "The password has been changed to aB3dE6gH", match: "aB3dE6gH", why: "a new one" },
      { text: "password for jane: aB3dE6gH", match: "aB3dE6gH", why: "whose it is between" },
      { text: "user jane / password aB3dE6gH", match: "aB3dE6gH", why: "behind the name of a user" },
      { text: "# test\nDB_PASSWORD aB3dE6gH\nX", match: "aB3dE6gH", why: "a line of settings" },
      { text: "mysql --db-password aB3dE6gH -u x", match: "aB3dE6gH", why: "an option of a command" },
      { text: "machine h login jane password aB3dE6gH", match: "aB3dE6gH", why: "a line of .netrc" },
      { text: "ENV API_TOKEN aB3dE6gH9kL", match: "aB3dE6gH9kL", why: "a line of a Dockerfile" },
      { text: "?access_token=aB3dE6gH9kL&x=1", match: "aB3dE6gH9kL", why: "a query" },
      { text: "Server=db;Pwd=aB3dE6gH;", match: "aB3dE6gH", why: "a connection string" },
      { text: "<password>aB3dE6gH</password>", match: "aB3dE6gH", why: "XML" },
      { text: "<key>apiKey</key>\n  <string>aB3dE6gH9kL</string>", match: "aB3dE6gH9kL", why: "a property list" },
      { text: "- name: DB_PASSWORD\n  value: aB3dE6gH", match: "aB3dE6gH", why: "a variable of a container" },
      { text: "password: |\n  aB3dE6gH", match: "aB3dE6gH", why: "a block of YAML" },
      { text: "| API key | aB3dE6gH9kL |", match: "aB3dE6gH9kL", why: "a table" },
    ],
    ignores: [
      { text: "api_key: os.environ/OPENAI_API_KEY1", why: "a reference to the environment" },
      { text: "token: process.env.TOKEN_V2", why: "a reference to the environment" },
      { text: "refreshToken: RefreshToken", why: "a type" },
      { text: "token: Uint8Array", why: "a type with a digit" },
      { text: "password = base64Encode(input)", why: "a call" },
      { text: "password = nextPassword2", why: "the name of a variable" },
      { text: "secret: [REDACTED:secret]", why: "our own marker" },
      { text: "password aB3dE6gH9", why: "nothing assigns it" },
      { text: "// pass -mod=mod1 here", why: "an option that is passed" },
      { text: "DB_PASSWORD aB3dE6gH and more", why: "a line that goes on" },
      { text: "token_type: aB3dE6gH9", why: "another name" },
      { text: "compass: aB3dE6gH9", why: "a piece of a word" },
      { text: "password: xxxxxxxx1", why: "blanked out" },
      { text: "password:\naB3dE6gH9", why: "the value is on another line" },
      { text: "private_key: keys/server1.pem", why: "a file" },
    ],
  },
};
