import { wordShare } from "./word-likeness.ts";

/**
 * True when a text is what code and documents write in the place of a secret: a
 * reference to where it is kept, a template, a blank to fill in, a path, a version, a
 * mark of our own.
 */
export function standsForSecret(text: string): boolean {
  return SHAPES.some((shape) => shape.test(text)) || (text.startsWith("/") && wordShare(text) > 0.3);
}

/** Each line is one thing that stands where a secret would. */
const SHAPES: readonly RegExp[] = [
  /^\[(?:TOKEN|REDACTED|HAECHI_ENC):/, // our own markers, and what stands in them
  /^(?:tok_[a-z\d_]+_[\da-f]{16,}|(?:email|phone|card|secret|api_key|[a-z]{2}_[a-z_]+):[\da-f]{8,})\]?$/,
  /\$\{ ?[\w.:-]+|\{\{[\w .$:|"'()-]*\}\}|\{%[- ]|<%[=\w ]|^\{[\w.]*\}$|^\{\{|#\{|\$\(\w|\$\[\[/, // ${X}, {{x}}, {x}, #{x}, $(x)
  /^\$[A-Za-z_]\w*$|^\$[A-Z][A-Z\d_]*\W|^@[\w.-]+(?:\/|$)|^%\w+%$|%[sdq]$|^%\(\w+\)s|^@[\w.]+@$|^__\w+__$|^:[a-z_]+$/, // $X, %X%, %s, @X@, __X__, :x
  /^<[^<>]*>?$|<[A-Za-z][\w -]*>|^\[[\w -]*\]$|^\([\w -]*\)$/, // <x>, [x]
  /\b(?:process\.env|import\.meta|os\.environ|getenv|ENV|env|secrets|vars?|config|settings|self|this|local|data|module|node|values)[.[(]|os\.environ\//i,
  /^(?:vault|ssm|arn|file|env|op|secretsmanager|keyring|keychain|ref|sha\d{1,3}|md5|urn|data|kms|aws|gcp|projects|azurekeyvault)[:+/]/i, // references to a store, digests
  /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/, // names of environment variables
  /^[xX*•.·_#=?-]+$|[xX]{4}|\*{3}|\.{3}|…|^(.)\1+$/, // blanked out
  /(?:^|[-_ .:/])(?:your|example|placeholder|dummy|fake|sample|insert|replace|todo|redacted|hidden|masked|removed|change[-_]?(?:me|this|it)|changeme|foobar|mock)(?:$|[-_ .:/\d])|^my[-_ ]/i,
  /your[-_]?(?:own|api|secret|token|password|key)|(?:secret|token|key|password|value)[-_]?here$|example(?:key|token|secret)?$/i,
  /^(?:changeme|password|passw0rd|passwd|secret|undefined|null|none|true|false|string|number|boolean|optional|required|test|testing|user|default|foobar|token|basic|bearer|digest|username|anonymous)\d{0,3}$/i,
  /^1?23456(?:7890?|78)?$|^[a-z]{2,5}[-_]1234\d*$|^abc(?:123|def|xyz)?$|^(?:abc|foo|bar|baz|qux)[\d-]*(?:abc|foo|bar|baz|qux|def|xyz)?\d*$/i, // counted up, metasyntactic
  /:\/\//, // an address; credentials in it have a rule of their own
  /^(?:\.{1,2}|~)\/[\w.-]|^(?:[\w.-]+\/)+[\w-]+\.\w{1,5}$|^[A-Z]:\\/, // a path
  /\.(?:pem|key|crt|cer|json|ya?ml|toml|txt|env|ini|conf|cfg|js|ts|tsx|jsx|py|rb|go|java|md|html|php|sh|sql|xml|p12|pfx|jks|csv|log|css|svg|png|com|org|net|io)$/i,
  /^v?\d+(?:\.\d+){1,3}(?:[-+][\w.]+)?$|^[~^]\d|^-?0x[\da-f]{1,16}$/i, // versions, numbers
  /^\d{4}-\d{2}-\d{2}|^\d{1,2}[:/]\d{2}[:/]\d{2}/, // dates and times
  /^[A-Za-z_$][\w$]*(?:(?:\??\.|::|->)[A-Za-z_$][\w$]*)+[!;,]?$/, // member access
  /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2|sha\d+-|scram-sha|aes-?\d|rsa-?\d|hs\d{3}|rs\d{3}|es\d{3})/i, // algorithms, public keys
  /^\\[ux][\da-f]{2,4}|^&\w+;$|\\[nrtu]|\\[wdsb][*+?\])|$]|\[\^|\(\?[:=!<]/i, // characters written out
];
