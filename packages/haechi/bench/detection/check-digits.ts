// Check digits by the published rules, written apart from core/detect/numbering, so
// that the two do not share a mistake.

export function digitsOf(text: string): number[] {
  return [...text.replace(/\D/g, "")].map(Number);
}

export function weighted(text: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * digitValue(text[at]!), 0);
}

/** 0–9 for digits, 10–35 for letters. */
function digitValue(character: string): number {
  return Number.parseInt(character, 36);
}

/** The digit that makes payload and digit pass Luhn (ISO/IEC 7812-1). */
export function luhnDigit(payload: string): number {
  let sum = 0;
  [...payload].reverse().forEach((character, at) => {
    const doubled = Number(character) * (at % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return (10 - (sum % 10)) % 10;
}

/** The Verhoeff check digit, from the multiplication of the dihedral group of the pentagon. */
export function verhoeffDigit(payload: string): number {
  const times = (a: number, b: number) =>
    a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5;
  const permute = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  let state = 0;
  [...payload].reverse().forEach((character, at) => {
    let digit = Number(character);
    for (let round = 0; round < (at + 1) % 8; round++) digit = permute[digit]!;
    state = times(state, digit);
  });
  return [...Array(10).keys()].find((digit) => times(state, digit) === 0)!;
}

/** ISO 7064 MOD 11,10. */
export function mod11_10Digit(payload: string): number {
  let product = 10;
  for (const character of payload) {
    const sum = (Number(character) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10;
}

/** ISO 7064 MOD 11-2; X stands for ten. */
export function mod11_2Character(payload: string): string {
  let sum = 0;
  for (const character of payload) sum = ((sum + Number(character)) * 2) % 11;
  const check = (12 - sum) % 11;
  return check === 10 ? "X" : String(check);
}

/** The remainder by 97 of a text of digits and letters (A = 10 … Z = 35). */
export function remainder97(text: string): number {
  let remainder = 0;
  for (const character of text)
    for (const digit of String(digitValue(character))) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}

/** The check digit that a modulus gives, or null when the register skips such a number. */
export function complement(sum: number, modulus: number): number | null {
  const digit = (modulus - (sum % modulus)) % modulus;
  return digit < 10 ? digit : null;
}

/** Repeats an attempt until it gives a number. */
export function until<T>(attempt: () => T | null): T {
  for (let tries = 0; tries < 1000; tries++) {
    const made = attempt();
    if (made !== null) return made;
  }
  throw new Error("no number comes of this");
}
