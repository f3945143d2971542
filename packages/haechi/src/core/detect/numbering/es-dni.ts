/** True when the last letter is the check letter of a Spanish DNI or NIE (Real Decreto 1553/2005). */
export function hasDniLetter(text: string): boolean {
  const compact = text.replace(/[ .-]/g, "").toUpperCase();
  const digits = compact.slice(0, -1).replace(/^[XYZ]/, (prefix) => String("XYZ".indexOf(prefix)));
  return "TRWAGMYFPDXBNJZSQVHLCKE"[Number(digits) % 23] === compact.at(-1);
}
