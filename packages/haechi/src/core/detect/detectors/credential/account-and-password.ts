import type { Detector } from "../../detector.ts";
import { looksLikeBareSecret } from "../../secret-value.ts";

const LABELS = (
  "id/pw,id/pwd,id/pass,id/password,id / pw,user/pw,user/pass,user/password,username/password,login/password," +
  "login/pass,credentials,creds,credential,login,account,계정,아이디/비밀번호,아이디/비번,로그인 정보,접속정보," +
  "账号密码,账号,帳號"
).split(",");

// People hand over an account as `admin / aB3dE6!` behind a label for both. What stands
// behind the slash must look like a password by itself.
export const accountAndPassword: Detector = {
  id: "account-and-password",
  entityType: "secret",
  confidence: 0.7,
  anchor: { kind: "keyed", names: LABELS, reach: 80, memberValue: /[\w.@-]{2,40} ?[/:] ?[!-~]{6,60}/ },
  pattern: new RegExp(
    `(?:${LABELS.join("|")}) ?(?:[:=]|is|는|은) {0,2}["'\`(]?[\\w.@-]{2,40} ?[/:|] ?(?<value>[^\\s"'\`<>()/,;]{6,60})(?![^\\s"'\`),;])`,
    "i",
  ),
  accepts: (match) =>
    /\d/.test(match) && /[A-Z!@#$%^&*]/.test(match) && /[a-z]/i.test(match) && looksLikeBareSecret(match),
  samples: {
    finds: [
      { text: "id/pw: admin / aB3dE6gH!", match: "aB3dE6gH!", why: "a label for both" },
      { text: "계정: hong/qwer1234!", match: "qwer1234!", why: "Korean" },
      { text: "creds: jane:Hunter2x", match: "Hunter2x", why: "a colon" },
    ],
    ignores: [
      { text: "login: admin/settings2", why: "a path" },
      { text: "account: 1234/5678901", why: "numbers" },
      { text: "credentials: user/password", why: "words" },
    ],
  },
};
