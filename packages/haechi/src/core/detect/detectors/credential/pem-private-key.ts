import type { Detector } from "../../detector.ts";

// RFC 7468 and OpenPGP armour. The block goes with its header, however it is quoted,
// indented or joined in code. One that is cut off is taken as far as it looks like one.
const BODY = "[^\\0-\\x08\\x0e-\\x1f\\x7f-]";
const WHOLE_BLOCK = `(?:${BODY}{1,140}-){0,10}${BODY}{0,6400}-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----`;
const BETWEEN_LINES = "(?:\\\\{1,3}[nrt]|[\\s\"'`.#>|*;]|[+](?=\\s)|%0[AaDd]){1,16}";
const LINES_SO_FAR = `(?:(?:${BETWEEN_LINES})?[A-Za-z\\d+/=]{77,7000}|(?:${BETWEEN_LINES}[A-Za-z\\d+/=]{16,76}){1,50})`;
const LAST_LINE = "(?:(?:\\\\{1,3}n|\\r?\\n)[ \\t\"']{0,12}[A-Za-z\\d+/=]{1,63}(?![^\"'\\\\]))?";
const ENCRYPTION =
  "(?:\\s{1,2}|\\\\n)(?:[A-Z][A-Za-z-]{1,20}: [^\\\\\\0-\\x1f\\x7f]{1,60}(?:[\\r\\n]{1,2}|\\\\n)){1,4}";
const HEADER = `-----BEGIN RSA ${"PRIVATE"} KEY-----`;

export const pemPrivateKey: Detector = {
  id: "pem-private-key",
  entityType: "secret",
  confidence: 0.98,
  anchor: { kind: "literal", literals: ["-----BEGIN "] },
  pattern: new RegExp(
    `-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:${WHOLE_BLOCK}|(?:${ENCRYPTION})?${LINES_SO_FAR}${LAST_LINE}|(?![^\\r\\n]))`,
  ),
  accepts: holdsKeyOrHidesNone,
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
        text: `"${HEADER}\\n" +\n  "${"MIIE".repeat(16)}\\n" +\n  "${"MIIE".repeat(4)}==\\n" +\n  "-----END RSA PRIVATE KEY-----"`,
        match: `${HEADER}\\n" +\n  "${"MIIE".repeat(16)}\\n" +\n  "${"MIIE".repeat(4)}==\\n" +\n  "-----END RSA PRIVATE KEY-----`,
        why: "strings that code joins",
      },
      {
        text: `    ${HEADER}\n    ${"MIIE".repeat(16)}\n    ${"MIIE".repeat(5)}`,
        match: `${HEADER}\n    ${"MIIE".repeat(16)}\n    ${"MIIE".repeat(5)}`,
        why: "indented, cut off within a line",
      },
      {
        text: `${HEADER} ${"MIIE".repeat(200)}`,
        why: "on one line, cut off",
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
      { text: `if (text.includes("${HEADER}")) return;`, why: "code that looks for one" },
      { text: `"${HEADER}\\n" + encoded + "\\n-----END RSA PRIVATE KEY-----"`, why: "code that writes one" },
    ],
  },
};

/** True unless a block holds no key but what code or a document writes in its place. */
function holdsKeyOrHidesNone(block: string): boolean {
  const body = block.replace(/-----[A-Z\d ]+-----/g, "");
  return /[A-Za-z\d+/]{20}/.test(body) || !/["'`$%{}]|\.{3}|…/.test(body);
}
