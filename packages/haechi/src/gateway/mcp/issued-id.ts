/**
 * True for an id that a server has made up at random, as they make them up for sessions and events: a UUID, so many
 * hexadecimal digits, or something signed. It says nothing of anybody, and is passed on as it is.
 */
export function isIssuedId(text: string): boolean {
  return ISSUED.test(text);
}

/** The last is longer than any number of an account, and has no separators that texts have. */
const ISSUED = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{32,}|[\w.+/=-]{64,})$/i;
