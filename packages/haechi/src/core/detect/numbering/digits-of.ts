/** The digits of a text, in order, everything else left out. */
export function digitsOf(text: string): string {
  let digits = "";
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) continue;
    digits += text.slice(from, at);
    from = at + 1;
  }
  return digits + text.slice(from);
}
