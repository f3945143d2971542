import type { Detector } from "../../detector.ts";

// A PEM private key in Base64 once more, as variables of CI jobs and secrets of Kubernetes
// hold it. The first characters of a block are the same for all of its kind.
const KINDS = [
  "RSA PRIVATE",
  "PRIVATE",
  "OPENSSH PRIVATE",
  "EC PRIVATE",
  "DSA PRIVATE",
  "ENCRYPTED PRIVATE",
  "PGP PRIVATE",
];
const BEGINNINGS = KINDS.map((kind) => `-----BEGIN ${kind}`).map(base64OfWholeTriples);

export const encodedPrivateKey: Detector = {
  id: "encoded-private-key",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "literal", literals: BEGINNINGS },
  pattern: new RegExp(`(?<![\\w+/])(?:${BEGINNINGS.join("|")})[A-Za-z\\d+/]{40,7900}={0,2}`),
  samples: {
    finds: [
      {
        text: `SSH_KEY_B64=${BEGINNINGS[0]}${"Zb0qK3x9".repeat(10)}==`,
        match: `${BEGINNINGS[0]}${"Zb0qK3x9".repeat(10)}==`,
        why: "a variable",
      },
      { text: `${BEGINNINGS[2]}${"Zb0qK3x9".repeat(10)}`, why: "a key of OpenSSH" },
    ],
    ignores: [
      { text: `LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0t${"Zb0qK3x9".repeat(10)}`, why: "a certificate" },
      { text: `LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0t${"Zb0qK3x9".repeat(10)}`, why: "a public key" },
      { text: `${BEGINNINGS[1]}LS0t`, why: "a header alone" },
    ],
  },
};

/** The Base64 of as many bytes as stay the same whatever follows. */
function base64OfWholeTriples(text: string): string {
  return btoa(text.slice(0, text.length - (text.length % 3)));
}
