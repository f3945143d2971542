import type { Detector } from "../../detector.ts";
import { looksLikeCredentials } from "../../secrets/user-and-password.ts";

// Data source names of Go's MySQL driver: `name:password@tcp(host:3306)/db`.
const DRIVERS = ["tcp", "tcp6", "unix", "udp", "cloudsql", "cloudsqlpostgres"];
const NAME = "[\\w.$-]{1,64}";
const PASSWORD = "[^\\s/@\"'<>`\\\\(),;:\\0-\\x1f\\x7f]{3,128}";

export const connectionString: Detector = {
  id: "connection-string",
  entityType: "secret",
  confidence: 0.85,
  anchor: { kind: "literal", literals: DRIVERS.map((driver) => `@${driver}(`), lead: 193 },
  pattern: new RegExp(`(?<![\\w.$:/@-])(?<value>${NAME}:${PASSWORD})@(?:${DRIVERS.join("|")})\\(`),
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
