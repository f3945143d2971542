import { passesBech32 } from "../../checksums/bech32.ts";
import type { Detector } from "../../detector.ts";

const BASE58 = "[1-9A-HJ-NP-Za-km-z]";

// Extended private keys of wallets (BIP 32, SLIP 132), which open all keys below them, and
// the private keys of Nostr (NIP-19).
export const walletPrivateKey: Detector = {
  id: "wallet-private-key",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["xprv", "yprv", "zprv", "tprv", "uprv", "vprv", "nsec1"] },
  pattern: new RegExp(`(?<!\\w)(?:[xyztuv]prv${BASE58}{107}|nsec1[ac-hj-np-z02-9]{58})(?!\\w)`),
  accepts: (match) => (match.startsWith("nsec") ? passesBech32(match) : /\d/.test(match) && !/(.)\1{5}/.test(match)),
  samples: {
    finds: [
      { text: `xprv${"9s21ZrQH14".repeat(10)}3dvA8Kb`, why: "a key of a wallet" },
      { text: "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5", why: "the key of the specification" },
    ],
    ignores: [
      { text: `xpub${"9s21ZrQH14".repeat(10)}3dvA8Kb`, why: "a public one" },
      { text: "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe6", why: "the checksum is wrong" },
      { text: `xprv${"9s21ZrQH14".repeat(10)}`, why: "too short" },
    ],
  },
};
