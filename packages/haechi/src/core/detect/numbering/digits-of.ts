/** The digits of a text, in order, everything else left out. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
