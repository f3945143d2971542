/** A text with an e-mail address, a card number and a key that tell its number; invented, and keys of nobody. */
export function canaryText(number: number): string {
  return ` ${canaryName(number)} ${cardNumber(number)} ${accessKey(number)} `;
}

/** The same for the name of a member. */
export function canaryName(number: number): string {
  return `canary.p${number}@example.com`;
}

/** The numbers of the canaries of which anything stands in a text, however JSON or a URL spells it. */
export function canaryNumbersIn(text: string): readonly number[] {
  const numbers = new Set<number>();
  for (const [, digits] of text.matchAll(ADDRESS)) numbers.add(Number(digits));
  for (const [, digits] of text.matchAll(CARD)) numbers.add(Number(digits!.replaceAll(/[ -]/g, "")) - FIRST_CARD);
  for (const [, digits] of text.matchAll(KEY)) numbers.add(numberOfKey(digits!));
  return [...numbers].toSorted((a, b) => a - b);
}

const ADDRESS = /canary\.p(\d+)(?:@|%40|\\u0040)/gi;
const CARD = /4111[ -]?11((?:[ -]?\d){9})[ -]?\d/g;
const KEY = /AKIAQ7Z3V5K2J([A-Z2-7]{7})/g;

// A number full of zeros is not taken for that of a card, nor a key full of one letter for a key.
const FIRST_CARD = 271_828_182;
const FIRST_KEY = 17_320_508_075;

function cardNumber(number: number): string {
  const digits = `411111${FIRST_CARD + number}`;
  const sum = [...digits].reduceRight((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

// An access key of AWS is twenty digits of base32, and those of its tail count here.
function accessKey(number: number): string {
  const tail = [...(FIRST_KEY + number).toString(32)].map((digit) => BASE32[Number.parseInt(digit, 32)]);
  return `AKIAQ7Z3V5K2J${tail.join("")}`;
}

function numberOfKey(tail: string): number {
  return [...tail].reduce((total, digit) => total * 32 + BASE32.indexOf(digit), 0) - FIRST_KEY;
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
