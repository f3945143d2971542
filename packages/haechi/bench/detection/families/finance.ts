import { createHash } from "node:crypto";
import { luhnDigit, remainder97, weighted } from "../check-digits.ts";
import type { Family } from "../family.ts";
import { between, made, padded, pick, type Random, seededBy } from "../random-text.ts";

/** Issuer prefixes and lengths of ISO/IEC 7812, as the schemes publish them. */
const CARDS: readonly (readonly [string, readonly string[], number, readonly string[]])[] = [
  ["Visa", ["4"], 16, ["", "#### #### #### ####", "####-####-####-####"]],
  ["Visa, 19 digits", ["4"], 19, [""]],
  ["Mastercard", ["51", "52", "53", "54", "55"], 16, ["", "#### #### #### ####", "####-####-####-####"]],
  ["Mastercard 2", ["2221", "2300", "2500", "2720"], 16, ["", "#### #### #### ####"]],
  ["American Express", ["34", "37"], 15, ["", "#### ###### #####", "####-######-#####"]],
  ["Discover", ["6011", "65", "644", "649"], 16, ["", "#### #### #### ####"]],
  ["JCB", ["3528", "3589", "3540"], 16, ["", "#### #### #### ####"]],
  ["Diners Club", ["300", "305", "36", "38"], 14, ["", "#### ###### ####"]],
  ["UnionPay", ["62"], 16, ["", "#### #### #### ####"]],
  ["UnionPay, 19 digits", ["62"], 19, ["", "###### #############"]],
  ["Maestro", ["5018", "6304", "6759", "6761"], 16, ["", "#### #### #### ####"]],
];

/** The BBAN of each country by the IBAN registry (ISO 13616), as a template of random-text.ts. */
const IBANS: Readonly<Record<string, string>> = {
  AL: "{d:8}{Z:16}",
  AT: "{d:16}",
  BE: "{d:12}",
  BG: "{U:4}{d:6}{Z:8}",
  CH: "{d:5}{Z:12}",
  CZ: "{d:20}",
  DE: "{d:18}",
  DK: "{d:14}",
  EE: "{d:16}",
  ES: "{d:20}",
  FI: "{d:14}",
  FR: "{d:10}{Z:11}{d:2}",
  GB: "{U:4}{d:14}",
  GR: "{d:7}{Z:16}",
  HR: "{d:17}",
  HU: "{d:24}",
  IE: "{U:4}{d:14}",
  IL: "{d:19}",
  IS: "{d:22}",
  IT: "{U:1}{d:10}{Z:12}",
  LT: "{d:16}",
  LU: "{d:3}{Z:13}",
  LV: "{U:4}{Z:13}",
  MT: "{U:4}{d:5}{Z:18}",
  NL: "{U:4}{d:10}",
  NO: "{d:11}",
  PL: "{d:24}",
  PT: "{d:21}",
  RO: "{U:4}{Z:16}",
  SA: "{d:2}{Z:18}",
  SE: "{d:20}",
  SI: "{d:15}",
  SK: "{d:20}",
  TR: "{d:5}0{Z:16}",
  AE: "{d:19}",
  UA: "{d:6}{Z:19}",
};

export const finance: readonly Family[] = [
  ...CARDS.map(
    ([scheme, prefixes, length, strong]): Family => ({
      type: "card",
      name: `card ${scheme}`,
      make: (random) => {
        const prefix = pick(random, prefixes);
        const body = prefix + made(random, `{d:${length - prefix.length - 1}}`);
        return body + luhnDigit(body);
      },
      strong,
      weak: length === 16 ? ["####.####.####.####"] : [],
      labels: [
        "card",
        "Card number",
        "Credit card",
        "카드번호",
        "Kreditkarte",
        "カード番号",
        "PAN",
        "CC",
        "numéro de carte",
      ],
      keys: ["card_number", "credit_card", "cc_number", "pan", "card"],
      sentences: [
        "My card is {}, exp 09/27, cvc 123.",
        "Please charge {} for the order.",
        "카드 {} 로 결제해 주세요",
        "Die Kreditkarte {} wurde abgelehnt.",
      ],
      also: ["date_of_birth"],
    }),
  ),
  {
    type: "card",
    name: "card of Korea only",
    make: (random) => {
      const body = pick(random, ["9410", "9420", "9490"]) + made(random, "{d:11}");
      return body + luhnDigit(body);
    },
    weak: ["####-####-####-####", "#### #### #### ####"],
    labels: ["카드번호", "카드", "신용카드", "체크카드", "card number"],
    keys: ["card_number", "카드번호"],
    sentences: ["카드번호는 {}입니다.", "체크카드 {} 분실 신고합니다"],
  },
  ...Object.entries(IBANS).map(
    ([country, bban]): Family => ({
      type: "iban",
      name: `IBAN ${country}`,
      make: (random) => iban(random, country, bban),
      strong: ["", inFours(lengthOf(bban))],
      weak: [inFours(lengthOf(bban)).replaceAll("#", "~"), inFours(lengthOf(bban)).replaceAll(" ", "-")],
      labels: ["IBAN", "iban", "Kontonummer (IBAN)", "IBAN no."],
      keys: ["iban", "account_iban", "bank_account"],
      sentences: ["Please transfer it to {} today.", "Meine IBAN ist {}."],
    }),
  ),
  {
    type: "bank_account",
    name: "US routing and account number",
    make: (random) => made(random, "{n:1}{d:9-11}"),
    weak: [""],
    labels: ["Account number", "Acct #", "Bank account", "Checking account number", "account no."],
    keys: ["account_number", "bank_account_number", "acct_no"],
    sentences: ["Wire it to bank account number {}.", "My checking account number is {}."],
    also: ["phone"],
    spoil: null,
  },
  {
    type: "bank_account",
    name: "US ABA routing number",
    make: (random) => {
      const body = pick(random, ["02", "03", "06", "07", "11", "12", "26", "31"]) + made(random, "{d:6}");
      return body + ((10 - (weighted(body, [3, 7, 1, 3, 7, 1, 3, 7]) % 10)) % 10);
    },
    weak: [""],
    labels: ["Routing number", "ABA", "routing no.", "ABA routing number", "RTN"],
    keys: ["routing_number", "aba_routing_number"],
    sentences: ["The routing number is {}."],
  },
  {
    type: "bank_account",
    name: "UK sort code and account",
    make: (random) => made(random, "{d:14}"),
    weak: ["##-##-## ########"],
    labels: ["Sort code and account number", "sort code / account", "Bank account"],
    keys: ["bank_account", "sort_code_account"],
    sentences: ["Pay into sort code and account {} please."],
    // One span or two?
    tier: "weak",
    also: ["phone"],
    spoil: null,
  },
  {
    type: "bank_account",
    name: "KR bank account",
    make: (random) => made(random, "{n:1}{d:13}"),
    weak: ["###-######-##-###", "###-##-######", "######-##-######", "###-####-####-##"],
    labels: ["계좌번호", "국민은행", "신한은행 계좌", "우리은행", "입금계좌", "농협", "계좌"],
    keys: ["account_number", "bank_account", "계좌번호"],
    sentences: ["국민은행 {} 으로 입금해 주세요.", "환불 계좌는 신한 {} 입니다.", "카카오뱅크 {} (예금주 홍길동)"],
    also: ["phone", "person_name"],
    spoil: null,
  },
  {
    type: "bank_account",
    name: "MX CLABE",
    make: (random) => {
      const body = pick(random, ["002", "012", "014", "072"]) + made(random, "180{d:11}");
      const sum = [...body].reduce((total, digit, at) => total + ((Number(digit) * [3, 7, 1][at % 3]!) % 10), 0);
      return body + ((10 - (sum % 10)) % 10);
    },
    weak: [""],
    labels: ["CLABE", "CLABE interbancaria", "Clabe"],
    keys: ["clabe"],
    sentences: ["Mi CLABE es {}."],
  },
  {
    type: "crypto_wallet",
    name: "Bitcoin P2PKH",
    make: (random) => base58check(random, 0x00),
    strong: [""],
    labels: ["BTC", "Bitcoin address", "wallet", "비트코인 주소"],
    keys: ["btc_address", "wallet_address", "wallet"],
    sentences: ["Send the coins to {} now."],
    spoil: (value) => value.slice(0, -1) + (value.endsWith("z") ? "y" : "z"),
  },
  {
    type: "crypto_wallet",
    name: "Bitcoin P2SH",
    make: (random) => base58check(random, 0x05),
    strong: [""],
    labels: ["BTC", "Bitcoin"],
    keys: ["btc_address", "bitcoin"],
    sentences: ["Donations: {}"],
    spoil: (value) => value.slice(0, -1) + (value.endsWith("z") ? "y" : "z"),
  },
  {
    type: "crypto_wallet",
    name: "Bitcoin segwit",
    make: (random) => bech32(random, "bc", 0, 20),
    strong: [""],
    labels: ["BTC", "bitcoin address", "wallet"],
    keys: ["btc_address", "wallet"],
    sentences: ["My address is {}, thanks."],
    spoil: (value) => value.slice(0, -1) + (value.endsWith("q") ? "p" : "q"),
  },
  {
    type: "crypto_wallet",
    name: "Bitcoin taproot",
    make: (random) => bech32(random, "bc", 1, 32),
    strong: [""],
    labels: ["BTC", "taproot"],
    keys: ["btc_address"],
    sentences: ["Pay to {} please."],
    spoil: (value) => value.slice(0, -1) + (value.endsWith("q") ? "p" : "q"),
  },
  {
    type: "crypto_wallet",
    name: "Litecoin segwit",
    make: (random) => bech32(random, "ltc", 0, 20),
    strong: [""],
    labels: ["LTC", "Litecoin address"],
    keys: ["ltc_address"],
    sentences: ["LTC goes to {}."],
    spoil: (value) => value.slice(0, -1) + (value.endsWith("q") ? "p" : "q"),
  },
  {
    type: "crypto_wallet",
    name: "Litecoin",
    make: (random) => base58check(random, 0x30),
    weak: [""],
    labels: ["LTC", "Litecoin address"],
    keys: ["ltc_address"],
    sentences: ["Litecoin: {}"],
  },
  {
    type: "crypto_wallet",
    name: "Dogecoin",
    make: (random) => base58check(random, 0x1e),
    weak: [""],
    labels: ["DOGE", "Dogecoin address"],
    keys: ["doge_address"],
    sentences: ["much coin, send to dogecoin wallet {}"],
    spoil: null,
  },
  {
    type: "crypto_wallet",
    name: "Tron",
    make: (random) => base58check(random, 0x41),
    weak: [""],
    labels: ["TRX", "USDT TRC20 address", "Tron wallet"],
    keys: ["tron_address", "trx_address"],
    sentences: ["Send USDT (TRC20) to {}."],
    spoil: null,
  },
  {
    type: "crypto_wallet",
    name: "Ethereum",
    make: (random) => made(random, "0x{h:40}"),
    strong: [""],
    labels: ["ETH", "Ethereum address", "wallet", "지갑 주소", "0x address"],
    keys: ["eth_address", "wallet_address", "wallet"],
    sentences: ["My ETH wallet is {}.", "Transfer 0.5 ETH to {}."],
    spoil: null,
  },
  {
    type: "crypto_wallet",
    name: "Ethereum, with checksum",
    // The test vectors of EIP-55.
    make: (random) =>
      pick(random, [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
      ]),
    strong: [""],
    labels: ["ETH", "wallet"],
    keys: ["eth_address"],
    sentences: ["Send it to {}."],
    spoil: null,
  },
];

/** Of the IBAN with such a BBAN. */
function lengthOf(bban: string): number {
  return 4 + made(seededBy(bban), bban).length;
}

function inFours(length: number): string {
  return "#".repeat(length).replace(/#{4}(?=#)/g, "$& ");
}

function iban(random: Random, country: string, template: string): string {
  const bban = made(random, template);
  return `${country}${padded(98 - remainder97(`${bban}${country}00`), 2)}${bban}`;
}

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** An address of 20 bytes with a version byte and four bytes of a double SHA-256. */
function base58check(random: Random, version: number): string {
  const payload = Uint8Array.from([version, ...Array.from({ length: 20 }, () => between(random, 1, 255))]);
  const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
  const bytes = Buffer.concat([payload, sha(sha(payload)).subarray(0, 4)]);
  let rest = BigInt(`0x${bytes.toString("hex")}`);
  let text = "";
  for (; rest > 0n; rest /= 58n) text = BASE58[Number(rest % 58n)] + text;
  return version === 0 ? `1${text}` : text;
}

const BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/** A segregated witness address (BIP 173; BIP 350 from version 1). */
function bech32(random: Random, prefix: string, version: number, bytes: number): string {
  const program = Array.from({ length: Math.ceil((bytes * 8) / 5) }, () => random(32));
  // The bits beyond the last byte are 0.
  program[program.length - 1]! &= 31 << ((5 - ((bytes * 8) % 5)) % 5);
  const data = [version, ...program];
  const expanded = [
    ...[...prefix].map((c) => c.charCodeAt(0) >> 5),
    0,
    ...[...prefix].map((c) => c.charCodeAt(0) & 31),
  ];
  const checksum = polymod([...expanded, ...data, 0, 0, 0, 0, 0, 0]) ^ (version === 0 ? 1 : 0x2bc830a3);
  const check = Array.from({ length: 6 }, (_, at) => (checksum >>> (5 * (5 - at))) & 31);
  return `${prefix}1${[...data, ...check].map((value) => BECH32[value]).join("")}`;
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].forEach((term, at) => {
      if ((top >>> at) & 1) sum ^= term;
    });
  }
  return sum >>> 0;
}
