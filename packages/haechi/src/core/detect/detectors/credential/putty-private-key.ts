import type { Detector } from "../../detector.ts";

// PuTTY's format of private keys, versions 2 and 3: header lines, the public part, the
// private part, a MAC. All of it goes, from the header on.
export const puttyPrivateKey: Detector = {
  id: "putty-private-key",
  entityType: "secret",
  confidence: 0.98,
  anchor: { kind: "literal", literals: ["PuTTY-User-Key-File-"] },
  pattern:
    /PuTTY-User-Key-File-[1-3]: [a-z\d@.-]{3,40}(?:(?:\\n|\s){1,2}(?:[A-Z][A-Za-z-]{1,20}: ?[ -[\]-~\u00a0-\uffff]{0,60}|[A-Za-z\d+/=]{4,64}(?![^\r\n\\]))){2,88}/,
  samples: {
    finds: [
      {
        text: `PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: x\nPublic-Lines: 1\n${"AAAA".repeat(16)}\nPrivate-Lines: 1\n${"AAAB".repeat(16)}\nPrivate-MAC: ${"0a".repeat(20)}`,
        why: "a key",
      },
    ],
    ignores: [{ text: "PuTTY-User-Key-File-2: is the first line of a key", why: "prose" }],
  },
};
