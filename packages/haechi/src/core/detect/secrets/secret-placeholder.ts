import { wordShare } from "./word-likeness.ts";

/**
 * True when a text is what code and documents write in the place of a secret: a
 * reference to where it is kept, a template, a blank to fill in, a path, a version, a
 * mark of our own.
 */
export function standsForSecret(text: string): boolean {
  return SHAPES.some((shape) => shape.test(text)) || (text.startsWith("/") && wordShare(text) > 0.3);
}

/** The words as alternatives of a pattern. */
function anyOf(words: string): string {
  return `(?:${words.replaceAll(" ", "|")})`;
}

const HOLDERS =
  "process\\.env import\\.meta os\\.environ getenv env secrets vars? config settings self this local data module node values";
const STORES =
  "vault ssm arn file env op secretsmanager keyring keychain ref sha\\d{1,3} md5 urn data kms aws gcp projects azurekeyvault";
const BLANKS_TO_FILL =
  "your example placeholder dummy fake sample insert replace todo redacted hidden masked removed change[-_]?(?:me|this|it) " +
  "foobar mock";
const WORDS =
  "changeme password passw0rd passwd secret undefined null none true false string number boolean optional required " +
  "test testing user default foobar token basic bearer digest username anonymous";
const FILES =
  "pem key crt cer json ya?ml toml txt env ini conf cfg js ts tsx jsx py rb go java md html php sh sql xml p12 pfx jks " +
  "csv log css svg png com org net io";
const ALGORITHMS = "ssh-(?:rsa|ed25519|dss) ecdsa-sha2 sha\\d{1,3}- scram-sha aes-?\\d rsa-?\\d [hre]s\\d{3}";
const METASYNTACTIC = "abc foo bar baz qux";

/** Each line is one thing that stands where a secret would. */
const SHAPES: readonly RegExp[] = [
  /^\[(?:TOKEN|REDACTED|HAECHI_ENC):/, // our own markers, and what stands in them
  /^(?:tok_[a-z\d_]+_[\da-f]{16,}|[a-z][a-z\d_]*:[\da-f]{8,})\]?$/,
  /\$\{ ?[\w.:-]+|\{\{[\w .$:|"'()-]*\}\}|^\{\{|\$\[\[/, // ${X}, {{x}}, $[[x]]
  /\{%[- ]|<%[=\w ]|^\{[\w.]*\}$|#\{|\$\(\w/, // {% x %}, <%= x %>, {x}, #{x}, $(x)
  /^\$[A-Za-z_]\w*$|^\$[A-Z][A-Z\d_]*\W|^@[\w.-]+(?:\/|$)|^:[a-z_]+$/, // $X, @x, :x
  /^\d\*\w+$|^[A-Za-z]+\$$/, // 1*x in the grammar of RFC 5234, a name that ends in $
  /^%\w+%$|%[sdq]$|^%\(\w+\)s|^@[\w.]+@$|^__\w+__$/, // %X%, %s, %(x)s, @X@, __X__
  /^<[^<>]*>?$|<[A-Za-z][\w -]*>|^\[[\w -]*\]$|^\([\w -]*\)$/, // <x>, [x], (x)
  new RegExp(`\\b${anyOf(HOLDERS)}[.[(]|os\\.environ/`, "i"), // members of what holds settings
  new RegExp(`^${anyOf(STORES)}[:+/]`, "i"), // references to a store, digests
  /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/, // names of environment variables
  /^[xX*•.·_#=?-]+$|[xX]{4}|\*{3}|\.{3}|…|^(.)\1+$/, // blanked out
  new RegExp(`(?:^|[-_ .:/])${anyOf(BLANKS_TO_FILL)}(?:$|[-_ .:/\\d])|^my[-_ ]`, "i"), // your-key, example.token
  /your[-_]?(?:own|api|secret|token|password|key)|example(?:key|token|secret)?$/i, // yourSecretKey
  /(?:secret|token|key|password|value)[-_]?here$/i, // token-here
  new RegExp(`^${anyOf(WORDS)}\\d{0,3}$`, "i"),
  /^1?23456(?:7890?|78)?$|^[a-z]{2,5}[-_]1234\d*$|^abcdefg[h-z]*[\d-]*$/i, // counted up
  new RegExp(`^${anyOf(METASYNTACTIC)}[\\d-]*(?:${anyOf(METASYNTACTIC)}|def|xyz)?\\d*$`, "i"),
  /:\/\//, // an address; credentials in it have a rule of their own
  /^(?:\.{1,2}|~)\/[\w.-]|^(?:[\w.-]+\/)+[\w-]+\.\w{1,5}$|^[A-Z]:\\/, // a path
  new RegExp(`\\.${anyOf(FILES)}$`, "i"), // a file, a host
  /^v?\d+(?:\.\d+){1,3}(?:[-+][\w.]+)?$|^[~^]\d|^-?0x[\da-f]{1,16}$/i, // versions, numbers
  /^\d{4}-\d{2}-\d{2}|^\d{1,2}[:/]\d{2}[:/]\d{2}/, // dates and times
  /^[A-Za-z_$][\w$]*(?:(?:\??\.|::|->)[A-Za-z_$][\w$]*)+[!;,]?$/, // member access
  new RegExp(`^${anyOf(ALGORITHMS)}`, "i"), // algorithms, public keys
  /^\\[ux][\da-f]{2,4}|^&\w+;$|\\[nrtu]|\\[wdsb][*+?\])|$]|\[\^|\(\?[:=!<]/i, // characters written out, patterns
];
