import type { Detector } from "../../detector.ts";

// JSON Web Token, compact form (RFC 7515 §7.1): base64url of `{"…`, claims, signature.
// The signature is empty when nobody signed (RFC 7519 §6). Two parts are enough when
// the second is JSON too: the token may be cut off, or still arriving in a stream. An
// encrypted one (RFC 7516 §7.1) has five parts, the third of them 96 bits or more.
export const jwt: Detector = {
  id: "jwt",
  entityType: "secret",
  confidence: 0.9,
  anchor: { kind: "literal", literals: ["eyJ"] },
  pattern:
    /(?<![\w-])eyJ[\w-]{1,1000}\.(?:[\w-]{0,1400}\.[\w-]{16}\.[\w-]{1,5000}\.[\w-]{22,86}|[\w-]{1,5000}\.[\w-]{0,1400}|eyJ[\w-]{16,5000})/,
  accepts: (match) => !match.endsWith(".") || match.includes(".eyJ"),
  samples: {
    finds: [
      { text: `eyJ${"hbGciOiJIUzI1NiJ9"}.eyJ${"zdWIiOiIxMjM0In0"}.${"c2ln".repeat(8)}`, why: "signed" },
      { text: `eyJ${"hbGciOiJIUzI1NiJ9"}.eyJ${"zdWIiOiIxMjM0In0".repeat(2)}`, why: "cut off" },
      {
        text: `eyJ${"hbGciOiJkaXIifQ"}..${"aB3d".repeat(4)}.${"Zx9_".repeat(12)}.${"qW7e".repeat(5)}aB`,
        why: "encrypted with a key agreed on",
      },
      {
        text: `eyJ${"hbGciOiJSU0EifQ"}.${"k3Jq".repeat(80)}.${"aB3d".repeat(4)}.${"Zx9_".repeat(12)}.${"qW7e".repeat(5)}aB`,
        why: "encrypted, with its key",
      },
      { text: `eyJ${"hbGciOiJub25lIn0"}.eyJ${"zdWIiOiIxMjM0In0"}.`, why: "unsigned" },
    ],
    ignores: [
      { text: `eyJ${"hbGciOiJIUzI1NiJ9"}`, why: "one part" },
      { text: `eyJ${"hbGciOiJIUzI1NiJ9"}.abc`, why: "two parts" },
      { text: "eyJa.b.", why: "a sentence" },
      { text: `xeyJ${"hbGciOiJIUzI1NiJ9"}.abc.def`, why: "a piece of a longer word" },
    ],
  },
};
