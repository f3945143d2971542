import type { Detector } from "../../detector.ts";

// A JSON Web Key that is private (RFC 7518 §6): `d` of an EC, OKP or RSA key, `k` of a
// symmetric one. The whole object goes, as its members give each other away. One of them
// opens it, which turns away most of all other objects.
const MEMBERS = "kty|d|k|crv|x|y|n|e|p|q|d[pq]|qi|kid|alg|use|key_ops|ext|x5[cut]|iat|exp|nbf";

export const jwkPrivateKey: Detector = {
  id: "jwk-private-key",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["kty"], lead: 1500 },
  pattern: new RegExp(
    `\\{(?:\\\\n|\\s){0,12}\\\\{0,3}["']?(?:${MEMBERS})\\\\{0,3}["']?\\s{0,4}:[^{}\\0-\\x08\\x0e-\\x1f\\x7f]{20,4500}\\}`,
  ),
  accepts: (match) => KEY_TYPE.test(match) && PRIVATE_MEMBER.test(match),
  samples: {
    finds: [
      {
        text: `{"kty":"EC","crv":"P-256","x":"${"aB3d".repeat(10)}abc","d":"${"Zx9_".repeat(10)}abc"}`,
        why: "an elliptic curve",
      },
      { text: `{ "k" : "${"aB3d".repeat(8)}", "kty": "oct" }`, why: "a symmetric key" },
      { text: `{\\"kty\\":\\"OKP\\",\\"d\\":\\"${"aB3d".repeat(10)}abc\\"}`, why: "JSON in a string" },
    ],
    ignores: [
      { text: `{"kty":"EC","crv":"P-256","x":"${"aB3d".repeat(10)}abc","y":"${"Zx9_".repeat(10)}abc"}`, why: "public" },
      { text: `{"d":"${"aB3d".repeat(10)}abc"}`, why: "no key" },
    ],
  },
};

const KEY_TYPE = /["']?kty\\*["']?\s{0,4}:\s{0,4}\\*["'](?:EC|RSA|OKP|oct)/;
const PRIVATE_MEMBER = /[\s,{]\\*["']?[dk]\\*["']?\s{0,4}:\s{0,4}\\*["'][\w-]{16}/;
