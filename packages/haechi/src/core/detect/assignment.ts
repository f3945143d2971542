// How a value is given to a name, in the languages, formats and sentences that people
// put into prompts. Pieces of patterns: blanks are bounded, and of two pieces that
// follow each other only one takes blanks.

const BLANKS = "[ \\t]{0,40}";
const QUOTE = "\\\\{0,3}[\"'`]";

/** What may close a name: quotes (escaped in JSON that is a string), a subscript, emphasis. */
const CLOSING = `(?:${QUOTE})?(?:\\]|\\*{2}|\\))?`;
/** A type between the name and the sign: `: string`, `: &'static str`, ` As String`, `[]`. */
const TYPE =
  "(?: ?: ?(?:&?(?:'static )?str|(?:[\\w.]{1,20}[.<\\[])?[\\w]{0,20}(?:[Ss]tr(?:ing)?|STRING)[>\\]]?)\\??| string| As String|\\[\\d{0,4}\\])?";
const SIGN = ":{1,2}=|[?+|]{1,2}=|=>|->|<-|[=!]?={1,2}|\\|\\||\\?\\?|or(?= )|:-";
/** A value beside a name: `key="name" value="v"`, `"name": "n", "value": "v"`, `name: n` over `value: v`. */
const VALUE_MEMBER = `(?:,\\s{0,30}|\\s{1,30})(?:${QUOTE})?value(?:${QUOTE})?[ ]{0,2}[:=]`;
/** What makes a value of a literal: `b"…"`, `SecretStr("…")`. */
const CONSTRUCTOR =
  "(?:[bru@LN]|(?:new )?(?:Secret|Secure)?(?:Str|String|Secret|string)\\(|Buffer\\.from\\(|b64decode\\(b?|atob\\(|Some\\(|bytes\\(|to_string\\()?";

/** The value in quotes. */
const QUOTED = ['"', "'", "`"]
  .map(
    (quote) =>
      `\\\\{0,3}${quote}(?<value>(?:[^${quote}\\\\\\0-\\x1f]|\\\\[^${quote}\\\\\\0-\\x1f]){4,200}|[\\w.~+/=-]{201,4000})(?=[${quote}\\\\])`,
  )
  .join("|");

/** Behind a name: a sign and a quoted value, or the value as an argument, an attribute, a member. */
export const QUOTED_VALUE =
  `(?:${CLOSING}(?:${TYPE}${BLANKS}(?:${SIGN}|:)(?:\\*{2})?[ \\t]{0,20}|${VALUE_MEMBER} ?)${CONSTRUCTOR}` +
  `|${QUOTE}, ?|,[ ]|\\(|(?<!pass)[ \\t]{1,4}(?:(?:is|was|ist|es|est|to) {1,2})?)(?:${QUOTED})`;

// Only a few : and = inside, so that a text of nothing but assignments is not read to
// its end from each of them.
const PIECE = "[!#-%*+\\-./\\d?@A-Z^_a-z~\\u00a1-\\u024f]";
/** The last character is none that closes a sentence. */
const LAST = "[!#-%*+\\-/\\d@A-Z^_a-z~\\u00a1-\\u024f]";
const MORE_PIECES = `[:=]{1,3}${PIECE}{3,300}`;
const BARE_SHAPE = `(?:${PIECE}{5,4000}${LAST}(?:${MORE_PIECES}){0,4}|${PIECE}{1,5}(?:${MORE_PIECES}){1,4})={0,3}`;
/** Nothing of the value is left behind it, but for the mark that closes a sentence. */
const BARE = `(?<value>${BARE_SHAPE})(?:[.?](?!\\S)|(?!${PIECE}|[(\\[{=:]))`;
const IN_SENTENCE = `(?<value>${PIECE}{5,200}${LAST}={0,3})(?:[.:?](?!\\S)|(?!${PIECE}|[(\\[{=:]))`;

/** An option of a command, the fields of .netrc, instructions of a Dockerfile, settings of a server. */
const BLANK_SIGN =
  "(?<=(?<![\\w-])--?[\\w-]{2,40}|\\bENV \\w{1,60}|\\blogin \\S{1,80} \\w{1,20}|requirepass|masterauth) {1,2}";
const SAID =
  "(?:[ \\t]{1,2}(?:is|was|ist|es|est|é|è|(?<!pass {1,2})to|=)[ \\t:]{1,2}" +
  "|(?:는|은|이|가|를|을) {1,2}|(?<=[^\\0-~]) {1,2}|(?:は|是|为|為)[ :「“]{0,2})";
const BLOCK_SCALAR = ": {1,2}[|>][+-]?\\r?\\n[ \\t]{1,20}";
const ELEMENT = "(?:[\"']?>|</(?:key|name)>\\s{0,40}<(?:string|value)>)\\s{0,40}";
const CELL = "[`*]{0,2} {0,20}\\| {0,4}[`*]{0,2}";

/** Behind a name: a sign and a value without quotes, which no blank interrupts. */
export const BARE_VALUE =
  `(?:(?:${CLOSING}${TYPE}(?:${BLANKS}(?:${SIGN}|:)(?:\\*{2})?[ \\t]{0,20}|${VALUE_MEMBER} {0,4})` +
  `|${ELEMENT}|${CELL}|${BLANK_SIGN}|${BLOCK_SCALAR})${BARE}|${SAID}${IN_SENTENCE})`;

/** Behind a name, in a file of settings: all up to the next blank, whatever it is. */
export const VALUE_OF_ANY_MARKS = `${CLOSING}[ \\t]{0,10}[:=]{1,2}[ \\t]{0,10}(?<value>[!#-&(-_a-~]{8,128})(?![^\\s])`;

/**
 * True when what stands before a quoted value only looks like an assignment: a list of
 * words (`"password", "x"`), the parameters of a call.
 */
export function isNoAssignment(before: string): boolean {
  if (/["'`], ?$/.test(before.replace(/["'`]$/, "")))
    return !/[([{=]\s{0,8}[:@]?\\{0,3}["'`][^"'`\r\n]{1,80}["'`], ?["'`]$/.test(before);
  if (/, ["'`]$/.test(before)) return !/\{\s?:?[\w-]{1,60}, ["'`]$/.test(before);
  return false;
}
