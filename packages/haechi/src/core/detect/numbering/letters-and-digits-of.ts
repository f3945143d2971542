/** The ASCII letters and digits of a text, in order and in capitals, everything else left out. */
export function lettersAndDigitsOf(text: string): string {
  return text.replace(/[^A-Z\d]/gi, "").toUpperCase();
}
