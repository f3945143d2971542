import type { Detector } from "../../detector.ts";
import { looksLikePassword } from "../../secrets/secret-value.ts";

// Commands that take a password behind a short option: `mysql -psecret`, `sshpass -p secret`.
const VISIBLE = "[^\\s\\0-\\x1f\\x7f]";
const ARGUMENT = ` {1,2}${VISIBLE}{1,60}`;
/** An argument that is not the option looked for. */
const WORD = ` {1,2}(?:[^\\s\\0-\\x1f\\x7f-]${VISIBLE}{0,60}|-[^\\spPaw\\0-\\x1f\\x7f]${VISIBLE}{0,60}|--${VISIBLE}{0,60})`;

const CLIENTS_OF_MYSQL = ["mysql", "mariadb"];
const SEVEN_ZIP = ["7z", "7za", "7zr", "7zz"].flatMap((name) =>
  Array.from("adeltux", (command) => `${name} ${command} `),
);
const OTHERS = "sshpass,docker login,podman login,redis-cli,mongo,sqlcmd,ldapsearch,az login,unzip".split(",");

export const commandPassword: Detector = {
  id: "command-password",
  entityType: "secret",
  confidence: 0.8,
  anchor: {
    kind: "keyed",
    names: [...CLIENTS_OF_MYSQL, ...OTHERS, "zip -", ...SEVEN_ZIP, "openssl", "net use"],
    reach: 600,
    memberValue: /-p[!-~]{4,128}/,
  },
  // The clients of MySQL take no blank: behind one stands the database.
  pattern: new RegExp(
    `(?<![\\w/-])(?:(?:${CLIENTS_OF_MYSQL.join("|")})(?:dump|admin|import|show)?(?:${WORD}){0,8} {1,2}-p` +
      `|(?:${OTHERS.join("|")})(?:sh|dump|restore)?(?:${WORD}){0,8} {1,2}-[pPaw] ?` +
      `|zip -(?:[^\\spPaw\\0-\\x1f\\x7f]${VISIBLE}{0,60}(?:${WORD}){0,7} {1,2}-)?[pPaw] ?` +
      `|(?:${SEVEN_ZIP.join("|")})(?:(?:[^\\s\\0-\\x1f\\x7f-]|-[^\\spPaw\\0-\\x1f\\x7f])${VISIBLE}{0,60}(?:${WORD}){0,7} {1,2})?-[pPaw] ?` +
      `|openssl(?:${ARGUMENT}){1,8} {1,2}-(?:k |pass(?:in|out)? pass:)` +
      `|net use(?:${ARGUMENT}){1,3} {1,2}/user:${VISIBLE}{1,60} )` +
      `(?:"(?<value>[ !#%-~]{4,128})"|'(?<value>[ -&(-~]{4,128})'|(?<value>[!#%-&(-,./\\d:=?-_a-{}~][!#-&(-:=?-_a-{}~]{3,127}))`,
  ),
  accepts: looksLikePassword,
  samples: {
    finds: [
      { text: "mysql -u root -phunter2 -h db", match: "hunter2", why: "no blank" },
      { text: "sshpass -p 'aB3d E6gH!' ssh x@y", match: "aB3d E6gH!", why: "in quotes" },
      { text: "openssl enc -aes-256-cbc -k aB3dE6gH -in a", match: "aB3dE6gH", why: "the key of a cipher" },
      { text: "net use x: \\\\h\\s /user:jane aB3dE6gH", match: "aB3dE6gH", why: "a share of Windows" },
      { text: "zip -r -P aB3dE6gH out.zip x", match: "aB3dE6gH", why: "an archive" },
      { text: "7z a -paB3dE6gH out.7z x", match: "aB3dE6gH", why: "another archive" },
      { text: "docker login -u jane -p aB3dE6gH example.com", match: "aB3dE6gH", why: "with a blank" },
    ],
    ignores: [
      { text: "mysql -u root -p inventory2", why: "the database, as the password is asked for" },
      { text: "mysql -uroot -p$MYSQL_PWD", why: "a variable" },
      { text: "redis-cli -h db -p 6379", why: "a port" },
    ],
  },
};
