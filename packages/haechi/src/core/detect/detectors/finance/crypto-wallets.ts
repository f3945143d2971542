import { passesBech32 } from "../../checksums/bech32.ts";
import type { Detector } from "../../detector.ts";
import {
  isBitcoinAddress,
  isKeyLikeAddress,
  isMixedCaseHex,
  isOtherCoinAddress,
  isRandomHex,
} from "../../numbering/wallet-addresses.ts";

const BASE58 = "[1-9A-HJ-NP-Za-km-z]";
const SATOSHI = `1A1zP1eP5QGefi2DMPTfTL5SLmv7${"DivfNa"}`;
const ETHER = `0x5aAeb6053F3E94C9b9A09f33669435E7${"Ef1BeAed"}`;

// Base58Check: `1` to a key, `3` to a script.
const bitcoinAddress: Detector = {
  id: "bitcoin-address",
  entityType: "crypto_wallet",
  confidence: 0.95,
  anchor: { kind: "digits", run: 1 },
  pattern: new RegExp(`(?<![\\w/+])[13]${BASE58}{25,33}(?![\\w/+=])`),
  accepts: isBitcoinAddress,
  samples: {
    finds: [
      { text: SATOSHI, why: "to a key" },
      {
        text: "to 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy.",
        match: "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        why: "to a script",
      },
    ],
    ignores: [
      { text: SATOSHI.replace("DMP", "DMQ"), why: "a character is changed" },
      { text: `a${SATOSHI}`, why: "a piece of a word" },
    ],
  },
};

// Bech32 and Bech32m addresses of Bitcoin and Litecoin, Bech32 of Cardano and Cosmos.
const bech32Address: Detector = {
  id: "bech32-address",
  entityType: "crypto_wallet",
  confidence: 0.95,
  anchor: {
    kind: "literal",
    literals: ["bc1", "tb1", "ltc1", "addr1", "stake1", "cosmos1", "osmo1"],
    ignoreCase: true,
  },
  pattern: /(?<!\w)(?:bc|tb|ltc|addr|stake|cosmos|osmo)1[ac-hj-np-z02-9]{25,110}(?!\w)/i,
  accepts: passesBech32,
  samples: {
    finds: [
      { text: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", why: "the first version (BIP 173)" },
      { text: "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", why: "a later version (BIP 350)" },
      { text: "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", why: "in capitals" },
    ],
    ignores: [{ text: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", why: "the checksum is wrong" }],
  },
};

// Twenty bytes in hex. Letters of both cases (ERC-55) say that it is an address, and so does a line of its own.
const ethereumAddress: Detector = {
  id: "ethereum-address",
  entityType: "crypto_wallet",
  confidence: 0.85,
  anchor: { kind: "literal", literals: ["0x"] },
  pattern: /(?<!\w)0x[\da-fA-F]{40}(?!\w)/,
  accepts: isMixedCaseHex,
  samples: {
    finds: [{ text: ETHER, why: "letters of both cases" }],
    ignores: [
      { text: ETHER.toLowerCase(), why: "letters of one case" },
      { text: `${ETHER}00`, why: "more bytes" },
      { text: `0x${"0".repeat(40)}`, why: "zeros" },
    ],
  },
};

const ethereumAddressLine: Detector = {
  ...ethereumAddress,
  id: "ethereum-address-line",
  confidence: 0.6,
  pattern: /(?<![^\r\n])0x[\da-f]{40}(?![^\r\n])/,
  accepts: isRandomHex,
  samples: {
    finds: [{ text: `a\n${ETHER.toLowerCase()}\n`, match: ETHER.toLowerCase(), why: "on a line of its own" }],
    ignores: [
      { text: `a ${ETHER.toLowerCase()}`, why: "more on the line" },
      { text: `0x${"0".repeat(40)}`, why: "zeros" },
    ],
  },
};

const labelledEthereumAddress: Detector = {
  ...ethereumAddress,
  id: "ethereum-address-labelled",
  accepts: isRandomHex,
  context: {
    requires: [
      "ethereum",
      "eth",
      "wallet",
      "wallets",
      "walletaddress",
      "wallet_address",
      "address",
      "addresses",
      "0x address",
      "metamask",
      "ether",
      "erc20",
      "erc-20",
      "usdt",
      "usdc",
      "polygon",
      "bsc",
      "bnb",
      "crypto",
      "donate",
      "donation",
      "지갑",
      "钱包",
      "ウォレット",
    ],
    reach: 40,
  },
  samples: {
    finds: [{ text: `my ETH wallet ${ETHER.toLowerCase()}`, match: ETHER.toLowerCase(), why: "called a wallet" }],
    ignores: [{ text: `at ${ETHER.toLowerCase()} in memory`, why: "nothing calls it so" }],
  },
};

// No name that is a piece of common words: "sol", "tron" and "dash" are.
const COINS = [
  "wallet",
  "litecoin",
  "ltc",
  "doge",
  "trx",
  "trc20",
  "trc-20",
  "usdt",
  "ripple",
  "xrp",
  "stellar",
  "xlm",
  "monero",
  "xmr",
  "solana",
  "deposit address",
  "tron address",
  "tron_address",
  "tronAddress",
  "tron-address",
  "지갑",
  "钱包",
  "кошелёк",
  "кошелек",
];

// Litecoin, Dogecoin, Dash, Tron and XRP in Base58Check; Monero (95 or 106
// characters), Solana (32 bytes in Base58) and Stellar (56 in Base32), which are keys
// without a checksum of this kind. A word says where to look.
const COIN_SHAPE = `[LMDAX79Tr]${BASE58}{24,34}|4${BASE58}{105}|[48]${BASE58}{94}|G[A-Z2-7]{55}|${BASE58}{43,44}`;

// A key names the address behind the coin.
const COIN_KEYS = [...COINS, ...COINS.flatMap((name) => [`${name}_address`, `${name}address`]), "deposit_address"];

// The name in the cases in which it is written; the letters of an address have theirs.
const COIN_NAME = COINS.flatMap((name) => [name, name[0]!.toUpperCase() + name.slice(1), name.toUpperCase()]);

const coinAddress: Detector = {
  id: "coin-address",
  entityType: "crypto_wallet",
  confidence: 0.85,
  anchor: { kind: "keyed", names: COIN_KEYS, reach: 48, memberValue: new RegExp(COIN_SHAPE) },
  pattern: new RegExp(
    `(?<=(?:${[...new Set(COIN_NAME)].join("|")})[\\s\\S]{0,48})(?<![\\w/+])(?:${COIN_SHAPE})(?![\\w/+=])`,
  ),
  accepts: (match) => (match.length < 36 ? isOtherCoinAddress(match) : isKeyLikeAddress(match)),
  samples: {
    finds: [
      { text: "XRP: rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", match: "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", why: "XRP" },
      {
        text: "USDT (TRC20) TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        match: "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        why: "Tron",
      },
      {
        text: "doge wallet DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L",
        match: "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L",
        why: "Dogecoin",
      },
      {
        text: "solana wallet 7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV1",
        match: "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV1",
        why: "Solana",
      },
      { text: `monero: 4${"8aBcD".repeat(18)}8aBc`, match: `4${"8aBcD".repeat(18)}8aBc`, why: "Monero" },
    ],
    ignores: [
      { text: "XRP: rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTi", why: "the checksum is wrong" },
      { text: "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", why: "nothing says where to look" },
      { text: "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV1", why: "a key that nothing calls a wallet" },
      { text: `wallet ${"deadbeef".repeat(5)}beef`, why: "hex" },
    ],
  },
};

export const cryptoWallets: readonly Detector[] = [
  bech32Address,
  ethereumAddress,
  labelledEthereumAddress,
  ethereumAddressLine,
  bitcoinAddress,
  coinAddress,
];
