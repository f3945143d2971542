/**
 * True when what comes next in a text would become part of an address that somebody fetches or follows: behind a
 * scheme or two slashes, in the target of a Markdown link or picture, or in an attribute that holds an address. A
 * model that was told so by a page it read could send a value away like this, and clients load pictures unasked.
 * @param before what stands before; its last `URL_CONTEXT_MAX` units are enough
 */
export function standsInUrl(before: string): boolean {
  const near = before.slice(-URL_CONTEXT_MAX);
  return IN_ADDRESS.test(near) || IN_ANGLES.test(near) || IN_ATTRIBUTE.test(near);
}

/** UTF-16 units; longer addresses are cut by servers and clients alike. */
export const URL_CONTEXT_MAX = 2048;

// White space, quotes and angle brackets end an address, with one exception: Markdown lets a target in angle
// brackets hold spaces.
// A slash may be escaped, where the text is JSON.
const IN_ADDRESS = /(?:\\?\/\\?\/|\]\()[^\s"'`<>]*$/;
const IN_ANGLES = /\]\(\s*<[^<>\n]*$/;
const IN_ATTRIBUTE = /(?:\b(?:src|href|srcset|action|poster)\s*=\s*["']?|\burl\(\s*["']?)[^\s"'<>]*$/i;
