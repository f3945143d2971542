/** The check character, 0 to 9 or X, that ISO/IEC 7064 MOD 11-2 puts behind these digits. */
export function mod11And2CheckCharacter(digits: string): string {
  let remainder = 0;
  for (const digit of digits) remainder = ((remainder + Number(digit)) * 2) % 11;
  const check = (12 - remainder) % 11;
  return check === 10 ? "X" : String(check);
}
