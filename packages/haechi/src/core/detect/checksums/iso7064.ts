/** The check digit that ISO/IEC 7064 MOD 11,10 puts after these digits. */
export function mod11And10CheckDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10;
}
