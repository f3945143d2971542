import type { Detector } from "../../detector.ts";
import { spellsUserAndPassword } from "../../secrets/basic-user-pass.ts";

// Name and password in Base64 as settings hold them: `auth` of Docker, `_auth` of npm.
export const encodedCredentials: Detector = {
  id: "encoded-credentials",
  entityType: "secret",
  confidence: 0.85,
  anchor: {
    kind: "keyed",
    names: ["auth", "basicauth", "basic_auth"],
    reach: 30,
    memberValue: /[A-Za-z\d+/]{8,600}={0,2}/,
  },
  pattern:
    /(?:auth|basicauth|basic_auth)\\{0,3}["']?\]? {0,4}[:=] {0,4}\\{0,3}["']?(?<value>[A-Za-z\d+/]{8,600}={0,2})(?![\w+/=-])/i,
  accepts: spellsUserAndPassword,
  samples: {
    finds: [
      {
        text: '{"auths":{"r.io":{"auth":"YWxhZGRpbjpvcGVuc2VzYW1l"}}}',
        match: "YWxhZGRpbjpvcGVuc2VzYW1l",
        why: "Docker",
      },
      { text: "//npm.example.com/:_auth=dGVzdDpodW50ZXIyIQ==", match: "dGVzdDpodW50ZXIyIQ==", why: "npm" },
    ],
    ignores: [
      { text: 'auth: "dGVzdCBodW50ZXIyIQ=="', why: "no colon in it" },
      { text: "auth: required", why: "prose" },
    ],
  },
};
