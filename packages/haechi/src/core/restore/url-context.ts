/**
 * True when what comes next in a text would become part of an address that somebody fetches or follows: behind a
 * scheme or two slashes, in the target of a Markdown link or picture, or in an attribute that holds an address. A
 * model that was told so by a page it read could send a value away like this, and clients load pictures unasked.
 * What ends an address is another character in each of these places, and each is read as its own readers do.
 * @param before what stands before; its last `URL_CONTEXT_MAX` units are enough
 */
export function standsInUrl(before: string): boolean {
  const near = before.slice(-URL_CONTEXT_MAX);
  const word = near.slice(wordStart(near));
  const around = near.slice(0, near.length - word.length).trimEnd();
  return (
    isInAddress(word.slice(Math.max(word.lastIndexOf("<"), word.lastIndexOf(">")) + 1)) ||
    isInTarget(around.endsWith("](") ? `](${word}` : word) ||
    isInDefinition(around, word) ||
    isInAngles(near) ||
    ((word.includes("=") || word.includes("(")) && IN_BARE_ATTRIBUTE.test(word.slice(word.lastIndexOf(">") + 1))) ||
    isInQuotes(near, '"') ||
    isInQuotes(near, "'")
  );
}

/** UTF-16 units; many servers refuse much longer addresses. */
export const URL_CONTEXT_MAX = 4096;

/** Past the last white space. */
function wordStart(text: string): number {
  let at = text.length;
  while (at > 0 && !isWhiteSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

function isWhiteSpace(unit: number): boolean {
  return unit <= SPACE || (unit > LAST_OF_ASCII && /\s/.test(String.fromCharCode(unit)));
}

const SPACE = 0x20;
const LAST_OF_ASCII = 0x7f;

/** A slash may be escaped, where the text is JSON. Readers of addresses forgive slashes that are missing. */
const ADDRESS = /\\?\/\\?\/|\b(?:https?|wss?|ftp):/i;

/** In running text an address goes to the quote that it began with; of those that it did not, only this one ends it. */
function isInAddress(word: string): boolean {
  let rest = word;
  for (let at = rest.search(ADDRESS); at !== -1; at = rest.search(ADDRESS)) {
    const end = rest.indexOf(quoteBefore(rest, at) ?? '"', at);
    if (end === -1) return true;
    rest = rest.slice(end + 1);
  }
  return false;
}

/** The quote that stands before the scheme of an address. */
function quoteBefore(word: string, address: number): "'" | "`" | null {
  let at = address - (word[address - 1] === ":" ? 2 : 1);
  while (at >= 0 && SCHEME_CHARACTER.test(word[at]!)) at--;
  const character = word[at];
  return character === "'" || character === "`" ? character : null;
}

const SCHEME_CHARACTER = /[\w+.-]/;

/** The target of a link or a picture in Markdown goes to the parenthesis that closes it, quotes and all. */
function isInTarget(word: string): boolean {
  for (let opened = word.indexOf("]("); opened !== -1; ) {
    let depth = 1;
    let at = opened + 2;
    for (; at < word.length && depth > 0; at++) {
      if (word[at] === "\\") at++;
      else if (word[at] === "(") depth++;
      else if (word[at] === ")") depth--;
    }
    if (depth > 0) return true;
    opened = word.indexOf("](", at);
  }
  return false;
}

/** So does that of a definition, `[name]: https://…`, to the next white space. */
function isInDefinition(around: string, word: string): boolean {
  const defined = around.endsWith("]:") ? 0 : word.indexOf("]:");
  return defined !== -1 && word.slice(defined).search(ADDRESS) !== -1;
}

/** In angle brackets either may hold spaces. */
function isInAngles(near: string): boolean {
  let opened = near.lastIndexOf("<");
  while (near[opened - 1] === "\\") opened = near.lastIndexOf("<", opened - 1);
  if (opened === -1 || !WITHIN_ANGLES.test(near.slice(opened + 1))) return false;
  const around = near.slice(0, opened).trimEnd();
  return around.endsWith("](") || (around.endsWith("]:") && near.slice(opened).search(ADDRESS) !== -1);
}

const WITHIN_ANGLES = /^(?:[^>\n\\]|\\[^\n])*$/;

const ATTRIBUTE = "(?:\\b(?:src|href|srcset|action|formaction|poster|background|ping)\\s*=|\\burl\\()";
const IN_BARE_ATTRIBUTE = new RegExp(ATTRIBUTE, "i");

/** An attribute in quotes goes to its quote, and may hold spaces and line ends. */
function isInQuotes(near: string, quote: string): boolean {
  const opened = near.lastIndexOf(quote);
  if (opened === -1) return false;
  // A quote in a string of JSON is escaped.
  const name = near.slice(0, opened).replace(ESCAPES_BEFORE, "").trimEnd();
  if (NAMES_ADDRESS.test(name)) return true;
  return (name.endsWith("=") || NAMES_ADDRESS_IN_JSON.test(name)) && near.slice(opened).search(ADDRESS) !== -1;
}

const ESCAPES_BEFORE = /(?<!\\)\\+$/;
const NAMES_ADDRESS = new RegExp(`${ATTRIBUTE}$`, "i");
const NAMES_ADDRESS_IN_JSON = /(?:ur[il]|href|src|link|endpoint|webhook)[\w-]{0,32}\\{0,8}["']\s*:$/i;
