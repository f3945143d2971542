import type { Detector } from "../../detector.ts";

const NAMES = [
  "totp",
  "otp",
  "2fa",
  "mfa",
  "authenticator",
  "setup key",
  "setup_key",
  "two-factor",
  "인증 앱",
  "二要素認証",
];
const GROUPS = /[A-Za-z2-7]{4}(?:[ -][A-Za-z2-7]{4}){3,15}/;

// The seed of one-time passwords (RFC 6238) as it is shown to be typed: Base32 in groups of four.
export const oneTimePasswordSeed: Detector = {
  id: "one-time-password-seed",
  entityType: "secret",
  confidence: 0.85,
  anchor: { kind: "keyed", names: NAMES, reach: 160, memberValue: GROUPS },
  pattern: new RegExp(`(?:${NAMES.join("|")})[^\\n]{0,64}?(?<![\\w-])(?<value>${GROUPS.source})(?![\\w-])`, "i"),
  accepts: (match) =>
    (match === match.toUpperCase() || match === match.toLowerCase()) &&
    (match.match(/[2-7]/g)?.length ?? 0) * 12 >= match.length &&
    !/(?<!\w)(?:\d{4}|[A-Z]{4}|[a-z]{4})(?:[ -](?:\d{4}|[A-Z]{4}|[a-z]{4})){2}/.test(match) &&
    !/(?<!\w)\d{4}(?!\w)/.test(match),
  samples: {
    finds: [
      { text: "TOTP setup key: JBSW Y3DP EHPK 3PXP", match: "JBSW Y3DP EHPK 3PXP", why: "capitals" },
      {
        text: "2FA: q7ws k3de 4rft 5gyh b2ju m6ki o7lp a3sz",
        match: "q7ws k3de 4rft 5gyh b2ju m6ki o7lp a3sz",
        why: "small letters",
      },
    ],
    ignores: [
      { text: "turn on 2fa with your bank that also does this", why: "prose" },
      { text: "JBSW Y3DP EHPK 3PXP", why: "nothing says what it is" },
      { text: "2fa backup code 2345 2345 2345 2345", why: "digits" },
    ],
  },
};
