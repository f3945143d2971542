/** The check digit of a field of a machine-readable zone (ICAO 9303-3 §4.9): weights 7 3 1, A = 10, `<` = 0, modulo 10. */
export function icaoCheckDigit(field: string): number {
  return (
    [...field].reduce((sum, character, place) => {
      const value = character === "<" ? 0 : Number.parseInt(character, 36);
      return sum + value * [7, 3, 1][place % 3]!;
    }, 0) % 10
  );
}
