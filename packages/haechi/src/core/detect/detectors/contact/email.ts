import type { Detector } from "../../detector.ts";

// Letters of the scripts that put blanks between words: there an address ends where
// its word does (RFC 6531 allows any script).
const LETTERS = "a-z\\u00c0-\\u024f\\u0370-\\u052f\\u0900-\\u097f";
// RFC 5322 §3.2.3, less what more often stands before an address than in it (= / ? | `).
const LOCAL = `[${LETTERS}\\d_.%+][${LETTERS}\\d_.%+'!#$&*^~-]{0,127}`;
const QUOTED_LOCAL = '"[^"\\\\\\r\\n]{1,64}"';
const DOMAIN = `(?:[${LETTERS}\\d-]{1,63}\\.){1,8}(?:xn--[a-z\\d-]{2,59}|[${LETTERS}]{2,24})`;
// RFC 5321 §4.1.3.
const ADDRESS_LITERAL = "\\[(?:IPv6:)?[\\da-f.:]{7,45}\\]";

// RFC 5321 §4.5.3.1: a local part of at most 64 octets (twice that is tolerated,
// so that padding does not hide an address), labels of at most 63.
export const email: Detector = {
  id: "email",
  entityType: "email",
  confidence: 0.95,
  anchor: { kind: "at-sign", lead: 128 },
  pattern: new RegExp(
    `(?<![${LETTERS}\\d_.%+-])(?:${LOCAL}|${QUOTED_LOCAL})@(?:${DOMAIN}(?![${LETTERS}\\d_(-])|${ADDRESS_LITERAL})`,
    "i",
  ),
  accepts: (match) =>
    (!FILE_EXTENSIONS.has(match.slice(match.lastIndexOf(".") + 1).toLowerCase()) || CALLED_BY_ADDRESS.test(match)) &&
    !NO_MAILBOX.test(match),
  context: { rejects: isUserOfUrl, reach: 80 },
  samples: {
    finds: [
      { text: "a@b.co", why: "the shortest address" },
      { text: "Write to jane.doe+tag@mail.example.org.", match: "jane.doe+tag@mail.example.org", why: "sentence end" },
      { text: "메일은 kim@example.kr입니다", match: "kim@example.kr", why: "Korean particles touch the address" },
      { text: "메일은kim@example.kr", match: "kim@example.kr", why: "a Korean word touches the address" },
      { text: "<JOHN@EXAMPLE.COM>", match: "JOHN@EXAMPLE.COM", why: "capitals in angle brackets" },
      { text: "mailto:o'brien@example.ie", match: "o'brien@example.ie", why: "an apostrophe in the local part" },
      { text: "email='jane@example.com'", match: "jane@example.com", why: "apostrophes round the address" },
      { text: '"john doe"@example.org', why: "a quoted local part" },
      { text: '"jane.@.doe"@example.org', why: "an at-sign in the quoted local part" },
      { text: "see jane@example.com.pdf", match: "jane@example.com.pdf", why: "the name of a file, with its ending" },
      { text: "jane@[192.0.2.1]", why: "an address literal" },
      { text: "jörg@müller.de", why: "letters beyond ASCII" },
      { text: "почта@пример.рф", why: "Cyrillic" },
      { text: "user@xn--fsqu00a.xn--55qx5d", why: "a domain in Punycode" },
    ],
    ignores: [
      { text: "a@b", why: "no top-level domain" },
      { text: "logo@2x.png, icon@3x.svg and icon@2x.de.png", why: "image densities" },
      { text: "npm i pkg@1.2.3", why: "a version" },
      { text: "npm i pkg@1.2.3-rc.next", why: "a version of a prerelease" },
      { text: "import x from '@scope/name.js'", why: "a scoped package" },
      { text: "git@github.com:org/repo.git", why: "the user of a Git remote" },
      { text: "https://user:p4ss@db.example.com/", why: "the user of a URL" },
      { text: "systemctl start getty@tty1.service", why: "a unit of systemd" },
      { text: "q@k.transpose(1, 2)", why: "a product of matrices" },
      { text: "@app.route", why: "a decorator" },
    ],
  },
};

/** Endings that follow an `@` in names of files and of systemd units, and are no top-level domains. */
const FILE_EXTENSIONS = new Set(
  (
    "png jpg jpeg gif svg webp avif bmp tif tiff ico heic pdf js mjs cjs jsx ts mts cts tsx css scss less map json yaml yml " +
    "txt xml lock tgz gz tar jar exe dll html htm php java go rb cpp hpp vue kt sql log conf cfg ini toml csv woff ttf eot " +
    "service socket target timer mount slice scope device swap automount"
  ).split(" "),
);

/**
 * A file that is called by an address, `jane@example.com.pdf`. The domain is one that the picture `icon@2x.de.png` and
 * the unit `getty@tty1.service` do not have.
 */
const CALLED_BY_ADDRESS = /@(?!\d{1,2}x\.)(?:[^.@]+\.)+(?:com|net|org|edu|gov|[a-z]{2})\.[a-z\d]+$/i;

/** The user of Git remotes, versions behind the name of a package, members of `self` and `this`. */
const NO_MAILBOX = /^(?:git|hg|svn)@|@(?:\d+\.\d+\.|self\.|this\.)/i;

/** The user (and password) before the host of a URL, which is no mailbox. */
function isUserOfUrl(before: string): boolean {
  return /\w:\/\/[^\s/@"'<>]*$/.test(before);
}
