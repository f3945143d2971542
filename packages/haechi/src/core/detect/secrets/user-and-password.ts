import { standsForSecret } from "./secret-placeholder.ts";

/** True for `name:password`, or a password alone, of which the password is one and not what examples write for it. */
export function looksLikeCredentials(text: string): boolean {
  const colon = text.indexOf(":");
  const name = text.slice(0, Math.max(0, colon));
  const password = text.slice(colon + 1);
  if (password.length < 3 || PLACEHOLDER.test(password) || /^\d{1,5}[?#&]|[?&]\w+=/.test(password)) return false;
  if (/[${}*]\{|^\$|\}$|^%\w+%$|^\.+$/.test(password) || /^[${<[%]/.test(name)) return false;
  if (name.toLowerCase() === password.toLowerCase() && !/\d/.test(password)) return false;
  return /\d/.test(password) || !standsForSecret(password) || password.length > 24;
}

/** What examples write for a password: the word, blanks to fill in. */
const PLACEHOLDER = new RegExp(
  "^(?:(?:my|your|the|db|user|some|a|database|mysql|mongo|redis|proxy)?[-_ ]?" +
    "(?:pass(?:word|wd|phrase)?|pwd|pw|pswd|secret|token|key)s?[-_ ]?(?:here)?|your.*" +
    "|x{3,}|\\*+|\\.{3,}|-+|_+|x-oauth-basic|x-token-auth|tcp|port|host|string" +
    "|redacted|hidden|masked|changeme|example|placeholder|foo|bar|baz|abc|xyz|123)$",
  "i",
);
