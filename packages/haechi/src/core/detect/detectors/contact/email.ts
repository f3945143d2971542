import type { Detector } from "../../detector.ts";

// RFC 5321 §4.5.3.1: a local part of at most 64 octets (twice that is tolerated,
// so that padding does not hide an address), labels of at most 63.
export const email: Detector = {
  id: "email",
  entityType: "email",
  confidence: 0.95,
  anchor: { kind: "at-sign", lead: 128 },
  pattern: /(?<![\w.%+-])[\w.%+-]{1,128}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w-])/i,
  accepts: (match) => !FILE_EXTENSIONS.has(match.slice(match.lastIndexOf(".") + 1).toLowerCase()),
  samples: {
    finds: [
      { text: "a@b.co", why: "the shortest address" },
      { text: "Write to jane.doe+tag@mail.example.org.", match: "jane.doe+tag@mail.example.org", why: "sentence end" },
      { text: "메일은 kim@example.kr입니다", match: "kim@example.kr", why: "Korean particles touch the address" },
      { text: "<JOHN@EXAMPLE.COM>", match: "JOHN@EXAMPLE.COM", why: "capitals in angle brackets" },
    ],
    ignores: [
      { text: "a@b", why: "no top-level domain" },
      { text: "logo@2x.png and icon@3x.svg", why: "image densities" },
      { text: "npm i pkg@1.2.3", why: "a version" },
      { text: "import x from '@scope/name.js'", why: "a scoped package" },
    ],
  },
};

/** Endings that follow an `@` in file names (`logo@2x.png`) and are no top-level domains. */
const FILE_EXTENSIONS = new Set(
  "png jpg jpeg gif svg webp ico js mjs cjs jsx ts tsx css scss less map json html yaml yml txt xml lock tgz".split(
    " ",
  ),
);
