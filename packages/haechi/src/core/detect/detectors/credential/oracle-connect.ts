import type { Detector } from "../../detector.ts";
import { looksLikeCredentials } from "../../secrets/user-and-password.ts";

// Name and password of Oracle's clients stand with a slash: `jdbc:oracle:thin:scott/tiger@…`, `sqlplus scott/tiger@db`.
export const oracleConnect: Detector = {
  id: "oracle-connect",
  entityType: "secret",
  confidence: 0.85,
  anchor: {
    kind: "literal",
    literals: ["jdbc:oracle:", "sqlplus ", "sqlldr ", "expdp ", "impdp ", "sqlcl "],
  },
  pattern:
    /(?:jdbc:oracle:(?:thin|oci|oci8):|(?<![\w/-])(?:sqlplus|sqlldr|expdp|impdp|sqlcl) (?:-[A-Za-z]{1,8} ){0,3}(?:userid=)?["']?)[\w$#.]{1,60}\/(?<value>[!#-&(-.0-;=?A-[\]^_a-~]{3,128})(?:@|(?![^\s"']))/,
  accepts: (match) => looksLikeCredentials(`u:${match}`) && /\d|[^\w]|[a-z][A-Z]/.test(match),
  samples: {
    finds: [
      { text: "jdbc:oracle:thin:app/aB3dE6gH@//db:1521/orcl", match: "aB3dE6gH", why: "JDBC" },
      { text: "$ sqlplus -S app/aB3dE6gH@orcl", match: "aB3dE6gH", why: "a command" },
    ],
    ignores: [
      { text: "jdbc:oracle:thin:@//db:1521/orcl", why: "no credentials" },
      { text: "sqlplus user/password@orcl", why: "a placeholder" },
      { text: "sqlplus /nolog", why: "an option" },
    ],
  },
};
