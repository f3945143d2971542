import type { Detector } from "../../detector.ts";
import { standsForSecret } from "../../secrets/secret-placeholder.ts";
import { wordShare } from "../../secrets/word-likeness.ts";

// RFC 6750 §2.1: the scheme in any case, a b64token of sixteen characters or more.
export const bearerToken: Detector = {
  id: "bearer-token",
  entityType: "secret",
  confidence: 0.9,
  anchor: { kind: "literal", literals: ["bearer"], ignoreCase: true },
  pattern: /(?<!\w)bearer(?:\s{1,4}|%20|\+)[A-Za-z\d._~+/-]{16,4096}={0,2}/i,
  accepts: (match) => looksLikeCredential(match.replace(/^bearer(?:\s+|%20|\+)/i, "")),
  samples: {
    finds: [
      { text: `Bearer ${"aB3d".repeat(4)}`, why: "the shortest token" },
      { text: `authorization: bearer ${"aB3d".repeat(8)}`, match: `bearer ${"aB3d".repeat(8)}`, why: "lower case" },
      { text: `Bearer ${"qZx".repeat(8)}`, why: "letters only" },
      { text: `Bearer ${"aB3d".repeat(8)}==`, why: "padding" },
    ],
    ignores: [
      { text: `Bearer ${"aB3d".repeat(3)}`, why: "too short" },
      { text: "bearer responsibilities", why: "prose" },
      { text: "Bearer token-based-authentication-scheme", why: "words joined by hyphens" },
      { text: "Bearer YOUR_ACCESS_TOKEN_1", why: "a placeholder" },
      { text: `forbearer ${"aB3d".repeat(8)}`, why: "a piece of a longer word" },
    ],
  },
};

function looksLikeCredential(token: string): boolean {
  if (/^your|[._-]?(?:token|key)(?:[._-]?here)?\.?$|^(?:access|auth)[._-]/i.test(token)) return false;
  return !standsForSecret(token) && wordShare(token) < (/\d|[a-z][A-Z]/.test(token) ? 0.6 : 0.4);
}
