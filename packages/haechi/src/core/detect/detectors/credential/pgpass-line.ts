import type { Detector } from "../../detector.ts";
import { looksLikeCredentials } from "../../secrets/user-and-password.ts";

// A line of PostgreSQL's password file: host:port:database:user:password.
export const pgpassLine: Detector = {
  id: "pgpass-line",
  entityType: "secret",
  confidence: 0.8,
  anchor: { kind: "literal", literals: [":5432:", ":5433:", ":6432:"], lead: 80 },
  pattern:
    /(?<![\w.:/@-])[\w.*-]{1,80}:(?:5432|5433|6432):[\w*-]{1,63}:(?<value>[\w.*-]{1,63}:[!#-&(-9;-_a-~\u00a1-\uffff]{3,100})(?![^\s"'`])/,
  accepts: looksLikeCredentials,
  samples: {
    finds: [{ text: "db.example.com:5432:app:jane:aB3dE6gH", match: "jane:aB3dE6gH", why: "a line" }],
    ignores: [
      { text: "localhost:5432:5432", why: "ports of a container" },
      { text: "hostname:5432:database:username:password", why: "the names of the fields" },
    ],
  },
};
