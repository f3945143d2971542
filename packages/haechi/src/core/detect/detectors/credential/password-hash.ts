import type { Detector } from "../../detector.ts";

// What is kept of a password, of which it can be guessed: crypt(5), PHC strings, the
// formats of Django, Werkzeug and LDAP (RFC 2307).
const SHA_CRYPT = "\\$[156]\\$(?:rounds=\\d{1,9}\\$)?[\\w.\\/-]{1,16}\\$(?:[\\w.\\/]{86}|[\\w.\\/]{43}|[\\w.\\/]{22})";
const APACHE = "\\$apr1\\$[\\w.\\/]{1,8}\\$[\\w.\\/]{22}";
const BCRYPT = "\\$2[abxy]\\$\\d\\d\\$[\\w.\\/]{53}";
const YESCRYPT = "\\$(?:y|gy|7)\\$[\\w.\\/]{1,24}\\$[\\w.\\/]{1,86}\\$[\\w.\\/]{43}";
const ARGON =
  "\\$argon2(?:id|i|d)\\$(?:v=\\d{1,3}\\$)?[a-z]=\\d{1,9},[a-z]=\\d{1,9},[a-z]=\\d{1,4}\\$[\\w+\\/.-]{8,90}\\$[\\w+\\/.-]{20,180}";
const SCRYPT = "\\$(?:scrypt|pbkdf2(?:-sha\\d{1,3})?)\\$[\\w=,]{1,40}\\$[\\w+\\/.]{8,90}\\$[\\w+\\/.]{20,180}";
const PORTABLE = "\\$[PH]\\$[\\w.\\/]{31}";
const DRUPAL = "\\$S\\$[\\w.\\/]{52}";
const DJANGO = "pbkdf2_sha(?:1|256)\\$\\d{1,8}\\$[\\w+\\/]{1,90}\\$[\\w+\\/]{27,43}";
const WERKZEUG = "(?:pbkdf2:sha\\d{1,3}:\\d{1,8}|scrypt:\\d{1,7}:\\d{1,2}:\\d{1,2})\\$[\\w]{4,32}\\$[\\da-f]{40,128}";
const LDAP = "\\{(?:SSHA|SSHA256|SSHA512|SMD5)\\}[A-Za-z\\d+\\/]{24,180}";
const FORMS = [SHA_CRYPT, APACHE, BCRYPT, YESCRYPT, ARGON, SCRYPT, PORTABLE, DRUPAL, DJANGO, WERKZEUG, LDAP];

export const passwordHash: Detector = {
  id: "password-hash",
  entityType: "secret",
  confidence: 0.85,
  anchor: {
    kind: "literal",
    literals: [
      ..."$1$ $5$ $6$ $7$ $y$ $gy$ $apr1$ $2a$ $2b$ $2x$ $2y$ $argon2 $scrypt$ $pbkdf2 $P$ $H$ $S$".split(" "),
      ..."pbkdf2_sha1$ pbkdf2_sha256$ pbkdf2:sha scrypt: {SSHA {SMD5}".split(" "),
    ],
  },
  pattern: new RegExp(`(?<![\\w$])(?:${FORMS.join("|")})={0,2}(?![\\w+/=])`),
  accepts: (match) => /\d/.test(match.slice(8)) && !/(.)\1{5}|x{4}/i.test(match),
  samples: {
    finds: [
      {
        text: `root:$6$aB3dE6gH$${"k3Jq9ZxV7b".repeat(8)}aB3dE6:19000:0:99999:7:::`,
        match: `$6$aB3dE6gH$${"k3Jq9ZxV7b".repeat(8)}aB3dE6`,
        why: "a line of /etc/shadow",
      },
      {
        text: `jane:$apr1$aB3dE6gH$${"k3Jq9ZxV7b".repeat(2)}ab`,
        match: `$apr1$aB3dE6gH$${"k3Jq9ZxV7b".repeat(2)}ab`,
        why: "a line of .htpasswd",
      },
      { text: `$2b$12$${"k3Jq9ZxV7b".repeat(5)}abc`, why: "bcrypt" },
      { text: `$y$j9T$aB3dE6gH$${"k3Jq9ZxV7b".repeat(4)}abc`, why: "yescrypt" },
      { text: `$argon2id$v=19$m=65536,t=3,p=4$${"aB3d".repeat(5)}$${"k3Jq9ZxV7b".repeat(4)}abc`, why: "Argon2" },
      { text: `pbkdf2_sha256$600000$aB3dE6gH$${"k3Jq9ZxV7b".repeat(4)}abc=`, why: "Django" },
      { text: `userPassword: {SSHA}${"aB3d".repeat(8)}`, match: `{SSHA}${"aB3d".repeat(8)}`, why: "LDAP" },
    ],
    ignores: [
      { text: "$2b$12$ begins a hash of bcrypt", why: "the prefix alone" },
      { text: `$2b$12$${"x".repeat(53)}`, why: "blanked out" },
      { text: `s/$1$2/$1$aB3dE6gH/`, why: "groups of a replacement" },
      { text: `${"9f8a7b6c".repeat(8)}`, why: "a digest" },
    ],
  },
};
