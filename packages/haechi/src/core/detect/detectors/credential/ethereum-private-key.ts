import type { Detector } from "../../detector.ts";

// The private key of an account of Ethereum is 32 bytes like any digest: where code makes
// an account of it, it is one.
export const ethereumPrivateKey: Detector = {
  id: "ethereum-private-key",
  entityType: "secret",
  confidence: 0.85,
  anchor: {
    kind: "keyed",
    names: ["accounts", "wallet(", "privatekeytoaccount", "privatekeytoaddress", "from_key", "importrawkey"],
    reach: 40,
    memberValue: /0x[\da-fA-F]{64}/,
  },
  pattern:
    /(?:accounts["']?\s?[:=]\s?\[\s{0,20}|(?:wallet|privatekeytoaccount|privatekeytoaddress|from_key|importrawkey)\(\s{0,20})\\?["'`]?(?<value>(?:0x)?[\da-f]{64})(?!\w)/i,
  accepts: (match) => !/(.)\1{7}/.test(match.slice(2)),
  samples: {
    finds: [
      {
        text: `accounts: ["0x${"9f8a7b6c".repeat(8)}"]`,
        match: `0x${"9f8a7b6c".repeat(8)}`,
        why: "settings of a network",
      },
      { text: `new ethers.Wallet("${"9f8a7b6c".repeat(8)}", x)`, match: "9f8a7b6c".repeat(8), why: "code" },
    ],
    ignores: [
      { text: `hash: "0x${"9f8a7b6c".repeat(8)}"`, why: "a digest" },
      { text: `accounts: ["0x${"0".repeat(64)}"]`, why: "a placeholder" },
    ],
  },
};
