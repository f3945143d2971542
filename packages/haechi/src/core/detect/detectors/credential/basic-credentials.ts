import type { Detector } from "../../detector.ts";

// RFC 7617: `Basic` and base64 of name, colon, password.
export const basicCredentials: Detector = {
  id: "basic-credentials",
  entityType: "secret",
  confidence: 0.85,
  anchor: { kind: "literal", literals: ["basic "], ignoreCase: true },
  pattern: /(?<!\w)basic {1,2}[A-Za-z\d+/]{8,600}={0,2}/i,
  accepts: (match) => hasNameAndPassword(match.slice(match.lastIndexOf(" ") + 1)),
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

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** True when the base64 is whole, spells printable characters and has a colon between others. */
function hasNameAndPassword(base64: string): boolean {
  if (base64.length % 4 !== 0) return false;
  let bits = 0;
  let held = 0;
  let text = "";
  for (const character of base64.replace(/=+$/, "")) {
    held = ((held << 6) | BASE64.indexOf(character)) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      text += String.fromCharCode((held >> bits) & 0xff);
    }
  }
  return /^[\x20-\x7e\x80-\xff]+:[\x20-\x7e\x80-\xff]+$/.test(text);
}
