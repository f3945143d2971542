export function isHexadecimal(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

/** The value of a hexadecimal digit: the low four bits, plus nine for letters. */
export function nibble(byte: number): number {
  return (byte & 0x0f) + (byte >> 6) * 9;
}
