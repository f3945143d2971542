import { isUtf8 } from "node:buffer";

/** What a header value says. It comes with a character for each byte, and readers take the bytes for UTF-8. */
export function headerText(value: string): string {
  if (!NOT_ASCII.test(value)) return value;
  const bytes = Buffer.from(value, "latin1");
  return bytes.length === value.length && isUtf8(bytes) && !BEYOND_BYTES.test(value) ? bytes.toString("utf8") : value;
}

/** The value that says a text, as it is sent; `value` itself where the text is what it said. */
export function headerSaying(text: string, value: string): string {
  if (text === headerText(value)) return value;
  return NOT_ASCII.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

const NOT_ASCII = /[^\0-\x7f]/;
const BEYOND_BYTES = /[^\0-\xff]/;
