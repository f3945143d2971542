import type { Detector } from "../../detector.ts";
import { looksLikeToken } from "../../secrets/secret-value.ts";

const SCHEMES =
  "token api-?key key bot sso-key oauth splunk negotiate apitoken genie-?key pbx client-id amx hmac secret jwt " +
  "deepl-auth-key klaviyo-api-key private-token access-token ws pve(?:api)?token zoho-oauthtoken bearer[:=]";

// RFC 9110 §11.6.2: a scheme, then credentials; many servers take schemes of their own
// or none. Bearer and Basic have rules that know them.
export const authorizationHeader: Detector = {
  id: "authorization-header",
  entityType: "secret",
  confidence: 0.85,
  anchor: {
    kind: "keyed",
    names: ["authorization"],
    reach: 60,
    memberValue: /(?:[A-Za-z][\w-]{1,24}[ =])?[\w.~+/=:-]{12,2000}/,
  },
  pattern: new RegExp(
    `authorization\\\\{0,3}["'\`]?\\]?(?: ?[:=,] ?|=>| )\\\\{0,3}["'\`]?` +
      `(?:(?:${SCHEMES.replaceAll(" ", "|")})[ =]\\\\{0,3}["']?(?:token=["']?)?)?` +
      `(?<value>[\\w.~+/=:!@-]{12,2000})(?![\\w~+/=:!@-])`,
    "i",
  ),
  accepts: looksLikeToken,
  samples: {
    finds: [
      { text: `Authorization: Token ${"9f8a7b6c".repeat(5)}`, match: "9f8a7b6c".repeat(5), why: "the scheme Token" },
      { text: `"authorization": "${"aB3dE6gH".repeat(3)}"`, match: "aB3dE6gH".repeat(3), why: "no scheme" },
    ],
    ignores: [
      { text: "Authorization: Bearer your-token-here", why: "a placeholder" },
      { text: "authorization: required", why: "prose" },
      { text: "Authorization: token-based-authorization", why: "words" },
    ],
  },
};
