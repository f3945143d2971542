import { hash } from "node:crypto";

export const BITCOIN_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
export const RIPPLE_ALPHABET = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/**
 * The version byte of an address in Base58Check: 25 bytes, of which the last four
 * begin the doubled SHA-256 of those before. Null when it is none.
 */
export function base58CheckVersion(address: string, alphabet: string = BITCOIN_ALPHABET): number | null {
  let number = 0n;
  for (const character of address) {
    const value = alphabet.indexOf(character);
    if (value === -1) return null;
    number = number * 58n + BigInt(value);
  }
  const hex = number.toString(16);
  if (hex.length > ADDRESS_BYTES * 2) return null;
  const bytes = bytesOfHex(hex.padStart(ADDRESS_BYTES * 2, "0"));
  const once = bytesOfHex(hash("sha256", bytes.subarray(0, ADDRESS_BYTES - 4), "hex"));
  const twice = bytesOfHex(hash("sha256", once, "hex"));
  return bytes.subarray(-4).every((byte, at) => byte === twice[at]) ? bytes[0]! : null;
}

const ADDRESS_BYTES = 25;

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}
