import type { Detector } from "../../detector.ts";

// RFC 6750 §2.1: the scheme in any case, a b64token of sixteen characters or more.
export const bearerToken: Detector = {
  id: "bearer-token",
  entityType: "secret",
  confidence: 0.9,
  anchor: { kind: "literal", literals: ["bearer"], ignoreCase: true },
  pattern: /(?<!\w)bearer\s{1,4}[A-Za-z\d._~+/-]{16,4096}={0,2}/i,
  accepts: (match) => (match.startsWith("Bearer") ? !WORDS.test(match) : HAS_DIGIT_OR_CAPITAL.test(match.slice(6))),
  samples: {
    finds: [
      { text: `Bearer ${"aB3d".repeat(4)}`, why: "the shortest token" },
      { text: `authorization: bearer ${"aB3d".repeat(8)}`, match: `bearer ${"aB3d".repeat(8)}`, why: "lower case" },
      { text: `Bearer ${"a".repeat(16)}`, why: "letters only" },
      { text: `Bearer ${"aB3d".repeat(8)}==`, why: "padding" },
    ],
    ignores: [
      { text: `Bearer ${"aB3d".repeat(3)}`, why: "too short" },
      { text: "bearer responsibilities", why: "prose" },
      { text: "Bearer token-based-authentication-scheme", why: "words joined by hyphens" },
      { text: `forbearer ${"aB3d".repeat(8)}`, why: "a piece of a longer word" },
    ],
  },
};

const WORDS = /^Bearer\s+[A-Za-z]?[a-z]+(?:[-./][a-z]+)+\.?$/;
const HAS_DIGIT_OR_CAPITAL = /\d|[a-z][A-Z]/;
