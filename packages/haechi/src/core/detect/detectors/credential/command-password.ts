import type { Detector } from "../../detector.ts";
import { looksLikePassword } from "../../secret-value.ts";

// Commands that take a password behind a short option: `mysql -psecret`, `sshpass -p secret`.
const WORD = " {1,2}(?:[^\\s-]\\S{0,60}|-[^\\spPaw]\\S{0,60}|--\\S{0,60})";

export const commandPassword: Detector = {
  id: "command-password",
  entityType: "secret",
  confidence: 0.8,
  anchor: {
    kind: "literal",
    literals: [
      "sshpass",
      "mysql",
      "mysqldump",
      "mysqladmin",
      "mariadb",
      "docker login",
      "redis-cli",
      "mongo",
      "sqlcmd",
      "ldapsearch",
      "az login",
      "zip ",
      "unzip",
      "7z ",
      "podman login",
    ],
  },
  // The clients of MySQL take no blank: behind one stands the database.
  pattern: new RegExp(
    `(?<![\\w/-])(?:(?:mysql(?:dump|admin|import|show)?|mariadb)(?:${WORD}){0,8} {1,2}-p` +
      `|(?:sshpass|(?:docker|podman) login|redis-cli|mongo(?:sh|dump|restore)?|sqlcmd|ldapsearch|az login|zip|unzip|7z)` +
      `(?:${WORD}){0,8} {1,2}-[pPaw] ?)` +
      `(?:"(?<value>[ !#%-~]{4,128})"|'(?<value>[ -&(-~]{4,128})'|(?<value>[!#%-&(-,./\\d:=?-_a-{}~][!#-&(-:=?-_a-{}~]{3,127}))`,
  ),
  accepts: looksLikePassword,
  samples: {
    finds: [
      { text: "mysql -u root -phunter2 -h db", match: "hunter2", why: "no blank" },
      { text: "sshpass -p 'aB3d E6gH!' ssh x@y", match: "aB3d E6gH!", why: "in quotes" },
      { text: "docker login -u jane -p aB3dE6gH example.com", match: "aB3dE6gH", why: "with a blank" },
    ],
    ignores: [
      { text: "mysql -u root -p inventory2", why: "the database, as the password is asked for" },
      { text: "mysql -uroot -p$MYSQL_PWD", why: "a variable" },
      { text: "redis-cli -h db -p 6379", why: "a port" },
    ],
  },
};
