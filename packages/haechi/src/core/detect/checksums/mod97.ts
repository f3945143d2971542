/**
 * Remainder by 97 of a number of any length. Letters count as two digits, A = 10
 * to Z = 35, as in ISO/IEC 7064 and ISO 13616.
 */
export function mod97(characters: string): number {
  let remainder = 0;
  for (const character of characters) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
