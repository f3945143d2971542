import type { Detector } from "../../detector.ts";
import { lazily } from "../../lazily.ts";
import { branching } from "../../secrets/secret-names.ts";
import { looksLikeBareSecret } from "../../secrets/secret-value.ts";

// People hand over an account as `admin / aB3dE6!` behind a label for both, and programs
// pass name and password to what logs in. What stands behind the name must look like a
// password by itself.
const PASSWORDS = ["pw", "pwd", "pass", "password", "비밀번호", "비번"];
const LABELS = [
  ...["/", "/ "].flatMap((slash) => PASSWORDS.map((password) => `${slash}${password}`)),
  ..."credentials,creds,credential,login,account,계정,로그인 정보,접속정보,账号密码,账号,帳號".split(","),
];
const CALLS =
  "login,getconnection,credentials,credential,basicauth,basic_auth,authenticate,auth,passwordauthentication".split(",");

const LABELLED =
  " ?(?:[:=]|is|는|은) {0,2}[\"'`(]?[\\w.@-]{2,40} ?[/:|] ?(?<value>[^\\s\"'`<>()/,;\\0-\\x1f\\x7f]{6,60})(?![^\\s\"'`),;])";
const PASSED =
  "(?: ?[=:] ?)?[([](?:[\\w.]{1,40}, ?)?[\"'][^\"'\\\\\\0-\\x1f\\x7f]{1,80}[\"'], ?[\"'](?<value>[^\\s\"'\\\\\\0-\\x1f\\x7f]{6,128})(?=[\"'])";

const pattern = lazily(() => new RegExp(`(?:${branching(LABELS)}${LABELLED}|${branching(CALLS)}${PASSED})`, "i"));

export const accountAndPassword: Detector = {
  id: "account-and-password",
  entityType: "secret",
  confidence: 0.7,
  anchor: {
    kind: "keyed",
    names: [...new Set([...LABELS, ...CALLS])],
    reach: 140,
    memberValue: /[\w.@-]{2,40} ?[/:] ?[!-~]{6,60}/,
  },
  get pattern() {
    return pattern();
  },
  accepts: (match) =>
    /\d/.test(match) && /[A-Z!@#$%^&*]|^.{20}/.test(match) && /[a-z]/i.test(match) && looksLikeBareSecret(match),
  samples: {
    finds: [
      { text: "id/pw: admin / aB3dE6gH!", match: "aB3dE6gH!", why: "a label for both" },
      { text: "계정: hong/qwer1234!", match: "qwer1234!", why: "Korean" },
      { text: "아이디/비밀번호는 hong / qwer1234!", match: "qwer1234!", why: "Korean, both named" },
      { text: "creds: jane:Hunter2x", match: "Hunter2x", why: "a colon" },
      { text: "smtp.login('jane@example.com', 'aB3dE6gH!')", match: "aB3dE6gH!", why: "the arguments of a call" },
      { text: 'getConnection(url, "jane", "aB3dE6gH")', match: "aB3dE6gH", why: "behind an address" },
      { text: 'requests.get(url, auth=("jane", "aB3dE6gH"))', match: "aB3dE6gH", why: "a pair" },
    ],
    ignores: [
      { text: "login: admin/settings2", why: "a path" },
      { text: "account: 1234/5678901", why: "numbers" },
      { text: "credentials: user/password", why: "words" },
      { text: 'login("user", "password")', why: "words that are passed" },
      { text: 'auth = ["GET", "/api/V2"]', why: "a path that is passed" },
    ],
  },
};
