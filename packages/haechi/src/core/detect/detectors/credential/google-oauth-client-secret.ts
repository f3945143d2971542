import type { Detector } from "../../detector.ts";

// Client secrets of Google OAuth.
export const googleOauthClientSecret: Detector = {
  id: "google-oauth-client-secret",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["GOCSPX-"] },
  pattern: /(?<!\w)GOCSPX-[\w-]{28}(?![\w-])/,
  samples: {
    finds: [{ text: `GOCSPX-${"aB3_".repeat(7)}`, why: "a secret" }],
    ignores: [
      { text: `GOCSPX-${"aB3_".repeat(6)}`, why: "too short" },
      { text: `GOCSPX-${"aB3_".repeat(8)}`, why: "too long" },
    ],
  },
};
