import type { Detector } from "../../detector.ts";

const SCHEMES =
  "http https ftp ftps sftp ssh postgres postgresql mysql mariadb mssql sqlserver mongodb mongodb+srv redis rediss amqp amqps ldap ldaps smtp smtps mqtt mqtts nats clickhouse cockroachdb".split(
    " ",
  );

// RFC 3986 §3.2.1: `scheme://name:password@host`. Only the password is the finding.
export const urlCredentials: Detector = {
  id: "url-credentials",
  entityType: "secret",
  confidence: 0.85,
  anchor: { kind: "literal", literals: SCHEMES.map((scheme) => `${scheme}:`), ignoreCase: true },
  pattern: new RegExp(
    `(?<![\\w+.-])(?:${SCHEMES.join("|").replaceAll("+", "[+]")})://[^\\s:@/?#"'<>\`]{0,128}:(?<value>[^\\s:@/?#"'<>\`]{3,256})@[\\w[]`,
    "i",
  ),
  accepts: (match) => !PLACEHOLDER.test(match),
  samples: {
    finds: [
      { text: "https://jane:s3same@example.com/x", match: "s3same", why: "a site" },
      { text: "DATABASE_URL=postgres://app:hunter2%21@db:5432/app", match: "hunter2%21", why: "a database" },
      { text: "redis://:aB3dE6gH@cache:6379", match: "aB3dE6gH", why: "no name" },
      { text: "mongodb+srv://u:aB3dE6gH@c0.example.net", match: "aB3dE6gH", why: "a scheme with a +" },
    ],
    ignores: [
      { text: "https://example.com:8080/a@b", why: "a port and a path" },
      { text: "https://user:password@host", why: "a placeholder" },
      { text: `https://u:$${"{PASSWORD}"}@host`, why: "a template" },
      { text: "postgres://app@db/app", why: "a name alone" },
      { text: "http://[::1]:8080/", why: "an address of IPv6" },
    ],
  },
};

/** What examples write for a password: the word, blanks to fill in, templates. */
const PLACEHOLDER = /^(?:pass(?:word|wd)?|pwd|pw|secret|token|your.*|x{3,}|\*+|\.{3,})$|[${}]|^%\w+%?$/i;
