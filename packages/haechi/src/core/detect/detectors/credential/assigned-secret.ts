import type { Detector } from "../../detector.ts";
import { looksLikeSecretValue } from "../../secret-value.ts";

/** Words that name a secret wherever they end a name: DB_PASSWORD, clientSecret, mysqlpassword. */
const NAMES = [
  ..."password passwd passphrase passcode pwd secret token credential credentials".split(" "),
  ..."api,key api,secret secret,key access,key private,key account,key auth,key master,key signing,key"
    .split(" ")
    .flatMap(spellings),
  ..."encryption,key storage,key session,key shared,key app,secret client,secret pass,phrase pass,word"
    .split(" ")
    .flatMap(spellings),
  ..."비밀번호 비번 암호 패스워드 パスワード 暗証番号 密码 密碼 口令 contraseña passwort kennwort senha wachtwoord".split(
    " ",
  ),
  "mot de passe",
];

/** Words so short that they name a secret only when they stand alone in a name: db_pass, userPw. */
const SHORT_NAMES = ["pass", "pw", "auth", "cred", "creds"];

// A name may carry one of these behind it and still name the secret itself.
const SUFFIX = "(?:[_-]?(?:key|value|base|prod|dev|test|staging|live|admin|user|root|\\d{1,3})){0,2}";
const NAME = `(?:(?:${NAMES.join("|")})${SUFFIX}|(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))(?:${SHORT_NAMES.join("|")})(?:[_-]?\\d{1,3})?)`;
const CLOSING_QUOTE = "\\\\{0,3}[\"'`]?\\]?";
const ASSIGNMENT = "(?:[ \\t]{0,3}(?::=|=>|->|={1,3}|:)[ \\t]{0,4}|>)";
const OPTION = "(?<=(?<![\\w-])--[\\w-]{2,40}) {1,2}";
const SAID = "(?:[ \\t]{1,2}(?:is|was)[ \\t:]{1,2}|(?:는|은|이|가) {1,2})";

const QUOTED = ['"', "'", "`"]
  .map((quote) => `\\\\{0,3}${quote}(?<value>[^${quote}\\\\\\r\\n]{6,200}|[\\w.~+/=-]{201,4000})(?=[${quote}\\\\])`)
  .join("|");
// Eight characters or more. Only a few : and = inside, so that a text of nothing but
// assignments is not read to its end from each of them.
const PIECE = "[^\\s\"'`,;(){}\\[\\]<>|\\\\&:=]";
const MORE_PIECES = `[:=]{1,3}${PIECE}{3,300}`;
const BARE = `(?<value>(?:${PIECE}{8,4000}(?:${MORE_PIECES}){0,4}|${PIECE}{4,7}(?:${MORE_PIECES}){1,4})={0,3})(?!${PIECE}|[(\\[{])`;

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
  pattern: new RegExp(
    `${NAME}(?:${CLOSING_QUOTE}${ASSIGNMENT}(?:${QUOTED}|${BARE})|["'], ?(?:${QUOTED})|${OPTION}(?:${QUOTED}|${BARE})|${SAID}${BARE})`,
    "i",
  ),
  accepts: looksLikeSecretValue,
  samples: {
    finds: [
      { text: `AccountKey=${"aB3+".repeat(21)}aQ==`, match: `${"aB3+".repeat(21)}aQ==`, why: "an Azure storage key" },
      { text: "auth_token: 9f8a7b6c5d4e3f2a", match: "9f8a7b6c5d4e3f2a", why: "a bare value" },
      { text: '{"password": "S3cr3tV4lue99x"}', match: "S3cr3tV4lue99x", why: "a member of JSON in a text" },
      { text: '"client_secret" : "6da8aaf10b2c"', match: "6da8aaf10b2c", why: "blanks round the colon" },
      { text: '{\\"api_key\\":\\"9f8a7b6c5d4e\\"}', match: "9f8a7b6c5d4e", why: "JSON in a string of JSON" },
      { text: 'DB_PASSWORD="correct-h0rse!"', match: "correct-h0rse!", why: "a prefix in snake case" },
      { text: 'GENERIC_TOKEN := "aB3dE6gH"', match: "aB3dE6gH", why: "the assignment of Go" },
      { text: "AwsSecretKey => 'aB3d/E6gH+9'", match: "aB3d/E6gH+9", why: "camel case, an arrow" },
      { text: 'password: "hunter2!"', match: "hunter2!", why: "short and quoted" },
      { text: 'pw = "p@ss w0rd!"', match: "p@ss w0rd!", why: "a blank in a quoted value" },
      { text: "비밀번호는 qwer1234!@ 입니다", match: "qwer1234!@", why: "a Korean sentence" },
      { text: "my password is Hunter2!x", match: "Hunter2!x", why: "an English sentence" },
      { text: 'setOption("password", "aB3dE6gH")', match: "aB3dE6gH", why: "an argument" },
      { text: "mysql --db-password aB3dE6gH -u x", match: "aB3dE6gH", why: "an option of a command" },
      { text: "?access_token=aB3dE6gH9kL&x=1", match: "aB3dE6gH9kL", why: "a query" },
      { text: "Server=db;Pwd=aB3dE6gH;", match: "aB3dE6gH", why: "a connection string" },
      { text: "<password>aB3dE6gH</password>", match: "aB3dE6gH", why: "XML" },
    ],
    ignores: [
      { text: 'api_key="PORTKEY_API_KEY"', why: "the name of a variable" },
      { text: "api_key: os.environ/OPENAI_API_KEY1", why: "a reference to the environment" },
      { text: "token: process.env.TOKEN_V2", why: "a reference to the environment" },
      { text: 'api_key: "your-api-key-123"', why: "a placeholder" },
      { text: `password: "$${"{DB_PASSWORD1}"}"`, why: "a template" },
      { text: "refreshToken: RefreshToken", why: "a type" },
      { text: "token: Uint8Array", why: "a type with a digit" },
      { text: "password = base64Encode(input)", why: "a call" },
      { text: "secret: [REDACTED:secret]", why: "our own marker" },
      { text: 'password: "[TOKEN:tok_secret_0123456789abcdef]"', why: "our own marker, quoted" },
      { text: "password aB3dE6gH9", why: "nothing assigns it" },
      { text: "token_type: aB3dE6gH9", why: "another name" },
      { text: "compass: aB3dE6gH9", why: "a piece of a word" },
      { text: '"password": "Enter your password 1 here"', why: "a label" },
      { text: "password: xxxxxxxx1", why: "blanked out" },
      { text: 'token: "2024-01-31"', why: "a date" },
      { text: "password:\naB3dE6gH9", why: "the value is on another line" },
      { text: 'private_key: "keys/server1.pem"', why: "a file" },
    ],
  },
};

function spellings(words: string): string[] {
  return ["", "_", "-", " "].map((joint) => words.replace(",", joint));
}
