import type { Detector } from "../../detector.ts";
import { isPlaceholder } from "./vendors/randomness.ts";

const KEY = `${"9c1e7a40d25f"}${"83b6e0f1a97d4c5b2e68"}`;
const SECRET = `${"4f0b8d61c7e2"}${"95a3d8f06b1c7e24a9d5"}`;

// A client key of Sentry as a URL: `https://key@host/project`, of old with a secret behind a colon.
export const sentryDsn: Detector = {
  id: "sentry-dsn",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "at-sign", lead: 73 },
  pattern: /(?<!\w)https?:\\?\/\\?\/[\da-f]{32}(?::[\da-f]{32})?@[\w.-]{3,80}\\?\/\d{1,20}(?!\w)/,
  accepts: (match) => !isPlaceholder(match.slice(0, match.indexOf("@"))),
  samples: {
    finds: [
      {
        text: `https://${KEY}@o42.ingest.example.io/1234567`,
        why: "a public key and a project",
      },
      {
        text: `https://${KEY}:${SECRET}@sentry.example.com/2`,
        why: "an old one, with its secret",
      },
    ],
    ignores: [
      { text: `https://${KEY}@example.com/a`, why: "no project" },
      { text: "https://9f8a7b6c@example.com/2", why: "too short" },
    ],
  },
};
