/** True when the text, all of one case, ends in the checksum of Bech32 (BIP 173) or Bech32m (BIP 350). */
export function passesBech32(text: string): boolean {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return false;
  const end = lower.lastIndexOf("1");
  const prefix = Array.from(lower.slice(0, end), (character) => character.charCodeAt(0));
  const data = Array.from(lower.slice(end + 1), (character) => CHARACTERS.indexOf(character));
  if (end < 1 || data.length < 6 || data.includes(-1)) return false;
  const check = polymod([...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...data]);
  return check === BECH32 || check === BECH32M;
}

const CHARACTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const BECH32 = 1;
const BECH32M = 0x2bc830a3;
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATOR.entries()) if ((top >>> bit) & 1) check ^= generator;
  }
  return check;
}
