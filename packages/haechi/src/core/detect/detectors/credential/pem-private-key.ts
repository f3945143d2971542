import type { Detector } from "../../detector.ts";

// RFC 7468 and OpenPGP armour. The block goes with its header; line breaks may be
// written as \\n. A block that is cut off is taken as far as it looks like one.
const BODY = "[A-Za-z0-9+/=:,.;()@<> \\t\\r\\n\\\\]";
const WHOLE_BLOCK = `(?:${BODY}{1,200}-){0,6}${BODY}{0,6400}-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----`;
const LINES_SO_FAR = "(?:(?:\\\\[nr]|[\\r\\n]|[ \\t]){1,6}[A-Za-z0-9+/=]{40,80}){0,60}";
const HEADER = `-----BEGIN RSA ${"PRIVATE"} KEY-----`;

export const pemPrivateKey: Detector = {
  id: "pem-private-key",
  entityType: "secret",
  confidence: 0.98,
  anchor: { kind: "literal", literals: ["-----BEGIN "] },
  pattern: new RegExp(
    `-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:${WHOLE_BLOCK}|${LINES_SO_FAR})`,
  ),
  samples: {
    finds: [
      {
        text: `${HEADER}\n${"MIIEvQIBADAN".repeat(5)}\n${"aB+/".repeat(9)}==\n-----END RSA PRIVATE KEY-----`,
        why: "the whole block",
      },
      { text: `${HEADER}`, why: "the header alone" },
      {
        text: `key: ${HEADER}\\n${"MIIEvQIBADAN".repeat(5)}\\n-----END RSA PRIVATE KEY-----\\n.`,
        match: `${HEADER}\\n${"MIIEvQIBADAN".repeat(5)}\\n-----END RSA PRIVATE KEY-----`,
        why: "line breaks written out",
      },
      {
        text: `${HEADER}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n${"MIIE".repeat(16)}\n-----END RSA PRIVATE KEY-----`,
        why: "an encrypted key with headers",
      },
      {
        text: `${HEADER}\n${"MIIE".repeat(16)}\n${"MIIE".repeat(16)}\nand so on`,
        match: `${HEADER}\n${"MIIE".repeat(16)}\n${"MIIE".repeat(16)}`,
        why: "cut off",
      },
      {
        text: `-----BEGIN PGP ${"PRIVATE"} KEY BLOCK-----\n\n${"lQOYBF".repeat(10)}\n=aBcD\n-----END PGP PRIVATE KEY BLOCK-----`,
        why: "OpenPGP",
      },
    ],
    ignores: [
      { text: "-----BEGIN CERTIFICATE-----", why: "a certificate" },
      { text: "-----BEGIN PUBLIC KEY-----", why: "a public key" },
      { text: "Never share a PRIVATE KEY with anyone.", why: "prose" },
    ],
  },
};
