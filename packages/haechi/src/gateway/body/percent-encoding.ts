/** What a name or a value of a form or a query says. */
export function decodeFormText(written: string): string {
  return decodePercent(written.replaceAll("+", " "));
}

/**
 * A text without its percent-encoding. Servers decode what they can of a malformed text, so one bad escape must
 * not hide the others: escapes that are none stay as they stand, and bytes that are no UTF-8 are read as U+FFFD
 * (WHATWG URL, percent-decode).
 */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  return text.replaceAll(ESCAPES, (escapes) => decoder.decode(Buffer.from(escapes.replaceAll("%", ""), "hex")));
}

const ESCAPES = /(?:%[\da-f]{2})+/gi;
// A byte order mark is a character like any other here.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
