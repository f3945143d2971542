import type { Detector } from "../../detector.ts";
import { looksLikeCredentials } from "../../user-and-password.ts";

// Data source names without a scheme: `name:password@tcp(host:3306)/db` of Go's MySQL
// driver, `name/password@host:1521/service` of Oracle.
const NAME = "[\\w.$-]{1,64}";
const PASSWORD = "[^\\s/@\"'<>`\\\\(),;:]{3,128}";

export const connectionString: Detector = {
  id: "connection-string",
  entityType: "secret",
  confidence: 0.85,
  anchor: { kind: "at-sign", lead: 194 },
  pattern: new RegExp(
    `(?<![\\w.$:/@-])(?<value>${NAME}:${PASSWORD})@(?:tcp|tcp6|unix|udp|cloudsql|cloudsqlpostgres)\\(`,
  ),
  accepts: looksLikeCredentials,
  samples: {
    finds: [
      { text: 'sql.Open("mysql", "app:aB3dE6gH@tcp(127.0.0.1:3306)/x")', match: "app:aB3dE6gH", why: "Go's driver" },
    ],
    ignores: [
      { text: "user:password@tcp(localhost:5555)/dbname", why: "a placeholder" },
      { text: "jane@example.com", why: "an address" },
    ],
  },
};
