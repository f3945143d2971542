/**
 * True when what is assigned to a password, key or token is one, and not what code
 * and documents write in its place: a reference, a placeholder, a type, a word.
 */
export function looksLikeSecretValue(value: string): boolean {
  if (NOT_SECRET.some((shape) => shape.test(value))) return false;
  if (/\s/.test(value)) return hasDigit(value) && hasLetter(value) && hasSymbol(value) && !PROSE.test(value);
  if (!hasLetter(value)) return value.length >= 12 && (hasSymbol(value) || value.length >= 16) && !NUMERIC.test(value);
  if (hasDigit(value)) return !NAME_WITH_DIGITS.test(value) && !WORDS_WITH_DIGITS.test(value);
  if (value.length >= 8 && hasSymbol(value)) return !CODE_SYMBOLS.test(value);
  return value.length >= 12 && !isMadeOfWords(value);
}

/** Each line is one thing that stands where a secret would. */
const NOT_SECRET: readonly RegExp[] = [
  /^\[(?:TOKEN|REDACTED|HAECHI_ENC):/, // our own markers, and what stands in them
  /^(?:tok_[a-z\d_]+_[\da-f]{16,}|[a-z][a-z\d_]*:[\da-f]{8,})\]?$/,
  /^[$%#@]?[{([<]|[})\]>%]$|\$\{|\{\{|^\$\w|^%\w+%|<[\w -]+>/, // templates: ${X}, {{x}}, <x>, %X%, $X
  /\b(?:process\.env|import\.meta|os\.environ|getenv|ENV|env|secrets|vars|config|settings|self|this)[.[(]|os\.environ\//i,
  /^(?:vault|ssm|arn|file|env|op|secretsmanager|keyring|ref|sha256|sha512)[:+]/i, // references to a store, digests
  /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/, // names of environment variables
  /^[xX*•.·_#=?-]+$|[xX]{4}|\*{3}|\.{3}|…/, // blanked out
  /(?:^|[-_ .:/])(?:your|my|example|placeholder|dummy|fake|sample|insert|replace|todo|redacted|change[-_]?(?:me|this|it)|changeme)(?:$|[-_ .:/\d])/i,
  /^(?:changeme|password|passw0rd|secret|undefined|null|none|true|false|string|number|boolean|optional|required)\d{0,3}$/i,
  /:\/\//, // an address; credentials in it have a rule of their own
  /^(?:\.{1,2}|~)?\/[a-z\d._-]+(?:\/|$)/, // a path
  /\.(?:pem|key|crt|cer|json|ya?ml|toml|txt|env|ini|conf|cfg|js|ts|tsx|jsx|py|rb|go|java|md|html|php|sh|sql)$/i,
  /^v?\d+(?:\.\d+){1,3}(?:[-+][\w.]+)?$|^[~^]\d/, // versions
  /^\d{4}-\d{2}-\d{2}/, // dates
  /^[A-Za-z_$][\w$]*(?:(?:\??\.|::|->)[A-Za-z_$][\w$]*)+[;,]?$/, // member access
];

/** camelCase and PascalCase, with the digits that names have: Uint8Array, base64Encode. */
const NAME_WITH_DIGITS = /^_?(?:[A-Z]?[a-z]{2,}|[A-Z]{1,5})\d{0,3}(?:[A-Z][a-z]+\d{0,3}){1,7}$/;
/** Words and short numbers joined by - _ . or :, such as oauth2-token or key_1. */
const WORDS_WITH_DIGITS =
  /^(?:[a-z]{2,}\d{0,2}|\d{1,2})(?:[-_.:]+(?:[a-z]+\d{0,2}|\d{1,2}|k8s|s3|ec2|i18n)){1,9}$|^(?:arg|param|token|key|value|field|password|secret|user|string|test|var|name|pass|my)[a-z]{0,8}\d{1,2}$/i;
const PROSE = /(?:\s\S+){3}|[a-z]{2,}\s[a-z]{2,}\s[a-z]{2,}/i;
const NUMERIC = /^[\d.,:+-]+$/;
const CODE_SYMBOLS = /^[\w$]+[!?;,:]$|=>|&&|\|\||^!|[()[\]{};]/;

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}

function hasLetter(text: string): boolean {
  return /\p{L}/u.test(text);
}

function hasSymbol(text: string): boolean {
  return /[!@#$%^&*?+=~]/.test(text);
}

/** True when each part of a name reads like a word: most pairs of its letters are common in English. */
function isMadeOfWords(text: string): boolean {
  const words = text.match(WORD);
  // Letters of other scripts only: a sentence or a label.
  if (words === null || CAPITALIZED_WORDS.test(text)) return true;
  if (text.length / words.length < 4) return false;
  return words.every(readsLikeWord) && (words.length > 1 || text.length < 20);
}

function readsLikeWord(word: string): boolean {
  if (word.length < 4) return true;
  const letters = word.toLowerCase();
  let common = 0;
  for (let at = 1; at < letters.length; at++) {
    if (COMMON_PAIRS.has(pairOf(letters.charCodeAt(at - 1), letters.charCodeAt(at)))) common++;
  }
  return common / (letters.length - 1) >= 0.5;
}

function pairOf(first: number, second: number): number {
  return first * 128 + second;
}

const WORD = /[A-Z]?[a-z]+|[A-Z]+/g;
const CAPITALIZED_WORDS = /^(?:[A-Z]?[a-z]{2,})(?:[A-Z][a-z]{2,})+$/;

const COMMON_PAIRS = new Set(
  (
    "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld " +
    "ur ro ri io ic ne co me el ce ma li om la ta us ho di tr ac ch no pe ss ec il so ll wa ot ow ut ke ey ge id ai ie " +
    "ee un pr su em mo ap pp po op em pl ct am ag ad ab ay be bl ca ci cl cr cu da do ef ei fi fo fr ga gi go gr gu " +
    "im ir iv ks lo lu ly mi mp mu na ni nc ns nu ob oc od og ok ol oo os ov pa ph pi pu qu rd rk rm rn rs rt ru ry " +
    "sc sh sp sw ts tu ty ub uc ue ui ul um up va vi wi wo wh we xt ye ys ew av ak ck ff gh ht rr tt mm nn cc ub"
  )
    .split(" ")
    .map((pair) => pairOf(pair.charCodeAt(0), pair.charCodeAt(1))),
);
