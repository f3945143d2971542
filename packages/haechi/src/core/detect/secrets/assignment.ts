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
/** The default of a variable of Terraform: `variable "name" {` over `default = "v"`. */
const DEFAULT_MEMBER = `${QUOTE} \\{\\s{1,30}(?:[a-z]{1,20} {1,12}= [^\\0-\\x1f\\x7f]{1,80}\\s{1,30}){0,3}default {1,12}= `;
/** What makes a value of a literal: `b"…"`, `SecretStr("…")`. */
const CONSTRUCTOR =
  "(?:[bru@LN]|<<|(?:new )?(?:Secret|Secure)?(?:Str|String|Secret|string)\\(|Buffer\\.from\\(|b64decode\\(b?|atob\\(|Some\\(|bytes\\(|to_string\\()?";

/** Verbs between a name and its value. */
const SAID_WORDS =
  "is|was|ist|lautet|es|est|é|è|är|er|je|jest|là|adalah|to|is now|(?:(?:is|was|has been) )?(?:set|reset|changed|updated) to|for [\\w.@-]{1,40}(?: is|:)";

/** The value in quotes. */
const QUOTED = ['"', "'", "`"]
  .map(
    (quote) =>
      `\\\\{0,3}${quote}(?<value>(?:[^${quote}\\\\\\0-\\x1f\\x7f]|\\\\[^${quote}\\\\\\0-\\x1f\\x7f]){4,200}|[\\w.~+/=-]{201,4000})(?=[${quote}\\\\])`,
  )
  .join("|");

/** Behind a name: a sign and a quoted value, or the value as an argument, an attribute, a member. */
export const QUOTED_VALUE =
  `(?:${CLOSING}(?:${TYPE}${BLANKS}(?:${SIGN}|:)(?:\\*{2})?[ \\t]{0,20}|${VALUE_MEMBER} ?)${CONSTRUCTOR}` +
  `|${DEFAULT_MEMBER}|${QUOTE},[ \\t]{0,30}|,[ ](?:<<)?|\\(|[ \\t]{1,4}(?:(?:${SAID_WORDS}) {1,2})?)(?:${QUOTED})`;

// Only a few : and = inside, so that a text of nothing but assignments is not read to
// its end from each of them.
const PIECE = "[!#-%*+\\-./\\d?@A-Z^_a-z~\\u00a1-\\u024f]";
/** The last character is none that closes a sentence. */
const LAST = "[!#-%*+\\-/\\d@A-Z^_a-z~\\u00a1-\\u024f]";
const MORE_PIECES = `[:=]{1,3}${PIECE}{3,300}`;
const BARE_SHAPE = `(?:${PIECE}{5,4000}${LAST}(?:${MORE_PIECES}){0,4}|${PIECE}{1,5}(?:${MORE_PIECES}){1,4})={0,3}`;
/** Nothing of the value is left behind it, but for the mark that closes a sentence. */
/** The rest of a password with an ampersand in it, which no entity of HTML and no further parameter follows. */
const AMPERSAND = `(?:&(?![aglnq])${PIECE}{1,60}){0,2}`;
const BARE = `(?<value>${BARE_SHAPE}${AMPERSAND})(?:[.?](?!\\S)|(?!${PIECE}|[(\\[{=:]))`;
const IN_SENTENCE = `(?<value>${PIECE}{5,200}${LAST}${AMPERSAND}={0,3})(?:[.:?](?!\\S)|(?!${PIECE}|[(\\[{=:]))`;

/** `isNextWord` tells where a blank alone assigns a value. */
const BLANK = " {1,2}";
const SAID = `(?:[ \\t]{1,2}(?:${SAID_WORDS}|=)[ \\t:]{1,2}|(?:는|은|이|가|를|을) {1,2}|(?:は|是|为|為)[ :「“]{0,2})`;
const BLOCK_SCALAR = ": {1,2}[|>][+-]?\\r?\\n[ \\t]{1,20}";
const ELEMENT = "(?:[\"']?>|</(?:key|name)>\\s{0,40}<(?:string|value)>)\\s{0,40}";
const CELL = "[`*]{0,2} {0,20}\\| {0,4}[`*]{0,2}";

/** Behind a name: a sign and a value without quotes, which no blank interrupts. */
export const BARE_VALUE =
  `(?:${SAID}${IN_SENTENCE}|(?:${CLOSING}${TYPE}(?:${BLANKS}(?:${SIGN}|:)(?:\\*{2})?[ \\t]{0,20}|${VALUE_MEMBER} {0,4})` +
  `|${ELEMENT}|${CELL}|${BLANK}|${BLOCK_SCALAR})${BARE})`;

/**
 * True when what stands before a quoted value only looks like an assignment: a list of
 * words (`"password", "x"`), the parameters of a call, what a sentence passes on.
 */
export function isNoAssignment(before: string): boolean {
  if (/["'`],[ \t]{0,30}$/.test(before.replace(/["'`]$/, "")))
    return !/[([{=]\s{0,8}[:@]?\\{0,3}["'`][^"'`\r\n]{1,80}["'`],[ \t]{0,30}["'`]$/.test(before);
  if (/, (?:<<)?["'`]$/.test(before)) return !/\{\s?:?[\w-]{1,60}, (?:<<)?["'`]$/.test(before);
  return /pass[ \t]{1,4}(?:\w{2,6} {1,2})?\\{0,3}["'`]$/i.test(before);
}

/** True when a blank alone stands before a value, or a verb that passes it on, and neither assigns it. */
export function isNextWord(before: string, after: string): boolean {
  if (PASSES_ON.test(before)) return true;
  if (!/\w {1,2}$/.test(before) || SAID_BEFORE.test(before) || BLANK_ASSIGNS.test(before)) return false;
  return !(LINE_OF_SETTINGS.test(before) && /^[ \t]{0,8}(?![^\r\n])/.test(after));
}

const PASSES_ON = /\bpass {1,2}to[ \t:]{1,2}$/i;
const SAID_BEFORE = new RegExp(`[ \\t](?:${SAID_WORDS}|or)[ \\t:]{1,2}$`, "i");
/** Options of commands, instructions of Dockerfiles, fields of .netrc, settings of servers, `user jane / password x`. */
const BLANK_ASSIGNS =
  /(?:(?<![\w-])--?[\w-]{2,40}|\b(?:ENV|setenv|setx(?: \/m)?) \w{1,60}|\b(?:login|user|username) \S{1,80}(?:\s{1,8}| (?:and|with) )\w{1,20}|\w ?\/ ?\w{2,20}|requirepass|masterauth) {1,2}$/i;
/** A name in capitals that begins a line. */
const LINE_OF_SETTINGS = /(?:^|[\r\n])[A-Z][A-Z\d_]{3,60} {1,2}$/;
