import { type Random, xorshift } from "../gateway/random.ts";

export type { Random } from "../gateway/random.ts";

/** Chance that depends on nothing but a name, so that a new family leaves the cases of the others as they are. */
export function seededBy(name: string): Random {
  let hash = 0x811c9dc5;
  for (const unit of name) hash = Math.imul(hash ^ unit.codePointAt(0)!, 0x01000193);
  const random = xorshift(hash | 1);
  for (let warm = 0; warm < 8; warm++) random(2);
  return random;
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)]!;
}

/** So many of the list, in an order of chance; all when there are fewer. */
export function some<T>(random: Random, list: readonly T[], count: number): T[] {
  const rest = [...list];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = random(at + 1);
    [rest[at], rest[other]] = [rest[other]!, rest[at]!];
  }
  return rest.slice(0, count);
}

export function between(random: Random, low: number, high: number): number {
  return low + random(high - low + 1);
}

const ALPHABETS = {
  /** Digits. */
  d: "0123456789",
  /** Digits but 0. */
  n: "123456789",
  /** Digits that open a local number. */
  m: "23456789",
  /** Capitals. */
  U: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  l: "abcdefghijklmnopqrstuvwxyz",
  h: "0123456789abcdef",
  H: "0123456789ABCDEF",
  /** Base 62. */
  a: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  /** Lower-case letters and digits. */
  z: "0123456789abcdefghijklmnopqrstuvwxyz",
  /** Capitals and digits. */
  Z: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  L: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
  /** base64url. */
  w: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_",
  /** base64. */
  b: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/",
  /** Base 32, RFC 4648. */
  B: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
  /** Base 58 of Bitcoin. */
  s: "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
  /** What Bech32 writes data in (BIP 173). */
  q: "qpzry9x8gf2tvdw0s3jn54khce6mua7l",
  Q: "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
} as const;

/** A text made by a template in which `{d:5}` stands for five characters of alphabet `d`, `{d:5-9}` for five to nine. */
export function made(random: Random, template: string): string {
  return template.replace(/\{([a-zA-Z]):(\d+)(?:-(\d+))?\}/g, (whole, name: string, low: string, high?: string) => {
    if (!(name in ALPHABETS)) return whole;
    const alphabet = ALPHABETS[name as keyof typeof ALPHABETS];
    return chars(random, alphabet, high === undefined ? Number(low) : between(random, Number(low), Number(high)));
  });
}

export function chars(random: Random, alphabet: string, length: number): string {
  let text = "";
  while (text.length < length) {
    const next = alphabet[random(alphabet.length)]!;
    // Thrice the same in a row is rare in real values and turns them into placeholders.
    if (alphabet.length > 2 && text.endsWith(next + next)) continue;
    text += next;
  }
  return text;
}

/** A date from 1945 to 2006 as year, month and day; `day` is at most 28. */
export function birthDate(random: Random, from = 1945, to = 2006): { year: number; month: number; day: number } {
  return { year: between(random, from, to), month: between(random, 1, 12), day: between(random, 1, 28) };
}

export function padded(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

/** YYMMDD */
export function yymmdd({ year, month, day }: ReturnType<typeof birthDate>): string {
  return padded(year % 100, 2) + padded(month, 2) + padded(day, 2);
}

/** DDMMYY */
export function ddmmyy({ year, month, day }: ReturnType<typeof birthDate>): string {
  return padded(day, 2) + padded(month, 2) + padded(year % 100, 2);
}
