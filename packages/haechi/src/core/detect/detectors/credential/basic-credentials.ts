import type { Detector } from "../../detector.ts";
import { spellsUserAndPassword } from "../../secrets/basic-user-pass.ts";

// RFC 7617: `Basic` and base64 of name, colon, password.
export const basicCredentials: Detector = {
  id: "basic-credentials",
  entityType: "secret",
  confidence: 0.85,
  anchor: { kind: "literal", literals: ["basic "], ignoreCase: true },
  pattern: /(?<!\w)basic {1,2}[A-Za-z\d+/]{8,600}={0,2}/i,
  accepts: (match) => spellsUserAndPassword(match.slice(match.lastIndexOf(" ") + 1)),
  samples: {
    finds: [
      {
        text: "Authorization: Basic YWxhZGRpbjpvcGVuc2VzYW1l",
        match: "Basic YWxhZGRpbjpvcGVuc2VzYW1l",
        why: "the header of the RFC",
      },
      { text: "basic dGVzdDpodW50ZXIyIQ==", why: "lower case, padding" },
    ],
    ignores: [
      { text: "Basic authentication", why: "prose" },
      { text: "basic dGVzdCBodW50ZXIyIQ==", why: "no colon in it" },
      { text: "Basic understanding of things", why: "prose" },
      { text: "basic user:pass", why: "not encoded" },
    ],
  },
};
