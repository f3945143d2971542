import { standsForSecret } from "./secret-placeholder.ts";
import { readsLikeWord, wordShare, wordsOf } from "./word-likeness.ts";

// How little a value may look like a secret depends on the name it is given to: what
// stands in quotes under `password` is one unless it reads like something else, under
// `key` only what nobody would write by hand is one.

/** True for what is quoted and assigned to a password: also a short word with a digit or a mark. */
export function looksLikePassword(value: string): boolean {
  return !isText(value) && isNoWord(value) && !standsForSecret(value);
}

function isNoWord(value: string): boolean {
  if (!hasLetter(value)) return /^\d{6,12}$/.test(value) || isMixOfMarks(value);
  if (hasDigit(value)) return (!isName(value) || looksChosen(value)) && !isCode(value);
  if (hasMark(value)) return !isCode(value) && !/^[A-Z][a-z]+!+$/.test(value) && value.length >= 6;
  return isRandomLetters(value, 8);
}

/** True for what people make up when a form demands a capital, a digit and a sign: `Berlin-2017`, `Monkey_56!`. */
export function looksChosen(value: string): boolean {
  return /^[A-Z][a-z]{3,11}[-_.]\d{2,4}[!?$#.]{0,2}$/.test(value) && !STEP.test(value) && !standsForSecret(value);
}

/** What programs and documents number so. */
const STEP =
  /^(?:Version|Release|Chapter|Section|Kapitel|Abschnitt|Seite|Table|Figure|Appendix|Issue|Level|Class|Type|Form|Field|Item|Page|Line|Case|Test|Step|Part|Rule|Error|Code|User|Windows|Oauth|(?:Jan|Febr)uary|March|April|June|July|August|(?:Septem|Octo|Novem|Decem)ber)[-_.]/;

/** True for letters of both cases thrown together, with no pieces as long as words. */
export function looksLikeThrownLetters(value: string): boolean {
  if (!/^[A-Za-z]{8,24}$/.test(value) || !/[a-z]/.test(value) || !/[A-Z]/.test(value)) return false;
  return isRandomLetters(value, 8) && value.length / wordsOf(value).length < 2.6;
}

/** True for a word in small letters that is not what labels, types and defaults say in the place of a password. */
export function looksLikeWordPassword(value: string): boolean {
  return /^[a-z]{5,20}$/.test(value) && !NO_PASSWORD.has(value) && !KEY_WORD.test(value) && !standsForSecret(value);
}

const NO_PASSWORD = new Set(
  (
    "account admin always authentication blank boolean change clear cleartext confirm contrasena custom " +
    "database disabled elastic elasticsearch email empty enabled encrypted enter external field forgot " +
    "function grafana guest haslo heslo hidden incorrect input interactive internal invalid kennwort label " +
    "local login losenord mandatory manual mariadb medium minio minioadmin missing mongo mongodb motdepasse " +
    "mysql never number object optional oracle parola passe passphrase passwort plain plaintext postgres " +
    "postgresql private prompt public pwd rabbitmq redis required reset root senha sensitive short simple " +
    "string strong tester trust unknown unset username value wachtwoord weak wrong"
  ).split(" "),
);

/** True for what is quoted and assigned to a secret, a token or the key of an interface. */
export function looksLikeToken(value: string): boolean {
  return value.length >= 6 && !/\s/.test(value) && isNoWordOfCode(value) && !standsForSecret(value);
}

function isNoWordOfCode(value: string): boolean {
  if (!hasLetter(value)) return isMixOfMarks(value);
  if (hasDigit(value)) return !isName(value) && !isProgrammersName(value) && !isCode(value);
  if (hasMark(value)) return !isCode(value);
  return isRandomLetters(value, 12);
}

/** True for what is assigned without quotes, where code would have a name and a document the next word. */
export function looksLikeBareSecret(value: string): boolean {
  return value.length >= 6 && isNoWordOfText(value) && !standsForSecret(value);
}

function isNoWordOfText(value: string): boolean {
  if (!hasLetter(value)) return value.length >= 12 && isMixOfMarks(value);
  if (hasDigit(value)) return !isName(value) && !isProgrammersName(value) && !isCode(value);
  if (value.length >= 8 && hasMark(value)) return !isCode(value) && !/^[A-Za-z]+!+$/.test(value);
  return isRandomLetters(value, 12);
}

/** True for what only a generator makes: long, letters and digits, hardly a word in it. */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || !/^[\w.~+/=!@#$%^&*-]+$/.test(value)) return false;
  if (UUID.test(value) || SHORT_HEX.test(value)) return false;
  const digits = value.match(/\d/g)?.length ?? 0;
  const letters = value.match(/[A-Za-z]/g)?.length ?? 0;
  if (digits < 2 || letters * 4 < value.length || new Set(value).size < 8) return false;
  return wordShare(value) < 0.2 && !isName(value) && !standsForSecret(value) && !countsUp(value);
}

/** True when its letters go through the alphabet and its digits count, as people write when any key will do: abc123def456. */
function countsUp(value: string): boolean {
  const letters = value.toLowerCase().replace(/[^a-z]/g, "");
  const digits = value.replace(/\D/g, "");
  return stepShare(letters, "abcdefghijklmnopqrstuvwxyz") >= 0.7 && stepShare(digits, "0123456789") >= 0.7;
}

/** The share of characters behind the first that come right behind the one before in the row, or begin it anew. */
function stepShare(text: string, row: string): number {
  let steps = 0;
  for (let at = 1; at < text.length; at++) {
    const next = row.indexOf(text[at]!);
    if (next === 0 || next === row.indexOf(text[at - 1]!) + 1) steps++;
  }
  return text.length < 2 ? 1 : steps / (text.length - 1);
}

/** True for marks of every kind thrown together as no code would, with brackets, commas and the like among them. */
export function looksLikeThrownTogether(value: string): boolean {
  if (!/[\d\W].*[\d\W]/.test(value) || !hasLetter(value) || wordShare(value) > 0.3) return false;
  if (/[,;&][\w-]+[=:]|<\/|\/>|^[([{<]|\w\(\)|\.\w+\(|^\w+\(|["'`]/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(value)).length;
  const marks = new Set(value.replace(/[\w\s]/g, "")).size;
  return kinds + Math.min(marks, 3) >= (bracketsPair(value) ? 5 : 4) && value.length >= 8 && !standsForSecret(value);
}

/** Such a number is more often an identifier. */
const SHORT_HEX = /^[\da-f]{1,23}$/i;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}

function hasLetter(text: string): boolean {
  return /[A-Za-z]/.test(text) || /\p{L}/u.test(text);
}

function hasMark(text: string): boolean {
  return /[!@#$%^&*?+=~]/.test(text);
}

/** A sentence, a label, a list: blanks between what is not thrown together. */
function isText(value: string): boolean {
  if (!/\s/.test(value)) return !/[A-Za-z\d]/.test(value);
  return !hasDigit(value) || !hasLetter(value) || !hasMark(value) || SENTENCE.test(value);
}

const SENTENCE = /(?:\s\S+){3}|[a-z]{2,}\s[a-z]{2,}\s[a-z]{2,}|^[A-Z][a-z]+\s|[:?]\s/i;

/** Digits that are more than a number: long, or with marks between. */
function isMixOfMarks(value: string): boolean {
  return hasDigit(value) && (hasMark(value) || value.length >= 16) && !NUMERIC.test(value);
}

const NUMERIC = /^[\d.,:+\-/ ]+%?$/;

/** Letters that no word explains. */
function isRandomLetters(value: string, lengthMin: number): boolean {
  if (value.length < lengthMin || !/^[A-Za-z+/=_-]+$/.test(value) || KEY_WORD.test(value)) return false;
  const words = wordsOf(value);
  const wordLength = value.length / words.length;
  if (wordLength < 2.6) return new Set(value).size >= 6;
  // Capitals that mark off pieces as long as words make a name, known words or not.
  if (words.length > 1 && wordLength >= 3.2) return false;
  return wordShare(value) < 0.5 && !isMadeOfWords(value);
}

/** Whoever writes the word writes a name. */
const KEY_WORD = /secret|token|passw|key|credential/i;

/** Words joined as names are, with the digits that names have: Uint8Array, oauth2-token, key_1. */
function isName(value: string): boolean {
  if (!/^[\w.:/$-]+$/.test(value)) return false;
  const plain = value.replace(TERMS, wordInPlaceOfTerm);
  if (!hasDigit(plain) && plain !== value) return isMadeOfWords(plain);
  const parts = plain.split(/[-_.:/$]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).filter((part) => part !== "");
  return parts.length > 1 && parts.every(isPartOfName) && plain.length / parts.length >= 3 && isMadeOfWords(plain);
}

function isPartOfName(part: string): boolean {
  return /^[A-Za-z]+\d{0,2}$|^(?:\d{1,4}|0?12345\d*)$/.test(part);
}

function isMadeOfWords(text: string): boolean {
  const words = wordsOf(text).filter((word) => word.length > 3);
  return words.length > 0 && words.every(readsLikeWord);
}

/** Terms of the trade with digits in them. */
const TERM =
  "utf[-_]?(?:8|16|32) base(?:16|32|58|64) sha[-_]?(?:224|256|384|512|1|2|3) md5 oauth[12] i18n l10n k8s s3 ec2 x509 " +
  "http[23] ipv[46] u?int(?:8|16|32|64) float(?:32|64) p(?:12|8) pkcs\\d{1,2} aes(?:128|256) ed25519 x25519 " +
  "es(?:5|6|20\\d\\d) h[1-6] v\\d{1,2}";
const TERMS = new RegExp(TERM.replaceAll(" ", "|"), "gi");

/** Where a word of a name begins and ends: behind a small letter with a capital, and before what is no small letter. */
function wordInPlaceOfTerm(term: string, at: number, text: string): string {
  const begins = !/[A-Za-z\d]/.test(text.charAt(at - 1)) || /[a-z][A-Z]/.test(text.charAt(at - 1) + term[0]!);
  return begins && !/[a-z\d]/.test(text.charAt(at + term.length)) ? "word" : term;
}

/** What programmers call the second of a thing: arg1, token2. */
function isProgrammersName(value: string): boolean {
  return PROGRAMMERS_NAME.test(value);
}

const THINGS =
  "arg param token key value val field password passwd pass pwd secret user string str test var name my new old input " +
  "result node item obj data text line part index page step type class option default temp tmp foo bar version level " +
  "row col column section table figure example case mode group id";
const PROGRAMMERS_NAME = new RegExp(
  `^_?(?:${THINGS.replaceAll(" ", "|")})[A-Za-z]{0,12}[-_]?\\d{1,3}$|^[a-z]\\d{1,3}$`,
  "i",
);

/** Calls, comparisons, lists, marks of sentences. */
function isCode(value: string): boolean {
  if (/=>|&&|\|\||^[\w$]+[?;,:]$|::|->|^[@#][A-Za-z_-]+$|^[-+]{2}|^[*_]+[A-Za-z][\w ]*[*_]+$/.test(value)) return true;
  if (/^[\w-]+=[\w-]*$|^!/.test(value) && wordShare(value) > 0.3) return true;
  return /[()[\]{};]/.test(value) && (bracketsPair(value) || !hasMark(value)) && wordShare(value) > 0.3;
}

/** True when brackets open and close as in a text that somebody wrote on purpose. */
function bracketsPair(text: string): boolean {
  const open: string[] = [];
  for (const character of text) {
    if ("([{<".includes(character)) open.push(character);
    else if (")]}>".includes(character) && open.pop() !== "([{<"[")]}>".indexOf(character)]) return false;
  }
  return true;
}
