import { BITCOIN_ALPHABET, base58CheckVersion, RIPPLE_ALPHABET } from "../checksums/base58check.ts";

/** Address of Bitcoin: to a key or to a script. */
export function isBitcoinAddress(match: string): boolean {
  return [0, 5].includes(base58CheckVersion(match) ?? -1);
}

/** Address in Base58Check of one of the other coins, by its first letter: Litecoin, Dogecoin, Dash, Tron, XRP. */
export function isOtherCoinAddress(match: string): boolean {
  const first = match[0]!;
  const alphabet = first === "r" ? RIPPLE_ALPHABET : BITCOIN_ALPHABET;
  return VERSIONS[first]?.includes(base58CheckVersion(match, alphabet) ?? -1) ?? false;
}

const VERSIONS: Readonly<Record<string, readonly number[]>> = {
  L: [0x30],
  M: [0x32],
  D: [0x1e],
  A: [0x16],
  "9": [0x16],
  X: [0x4c],
  "7": [0x10],
  T: [0x41],
  r: [0],
};

/** A key as an address, with digits and letters of both cases, or in Base32, which has capitals only. */
export function isKeyLikeAddress(match: string): boolean {
  return /\d/.test(match) && /[A-Z]/.test(match) && (match.length === 56 || /[a-z]/.test(match));
}

/** Hex that is no repetition of one digit. */
export function isRandomHex(match: string): boolean {
  return !/^0x(.)\1+$/i.test(match);
}

/** Address of Ethereum with letters of both cases, whose choice is a checksum (ERC-55); one case says nothing. */
export function isMixedCaseHex(match: string): boolean {
  return /[a-f]/.test(match.slice(2)) && /[A-F]/.test(match);
}
