/** A part of a literal, to be looked for in bytes: one that is written the same in text and in JSON. */
export interface Needle {
  /** Its UTF-8 bytes, as one character each; lower case when the case is ignored. */
  readonly text: string;
  readonly ignoreCase: boolean;
  /** UTF-16 units of the literal that stand before it. */
  readonly lead: number;
  /** True when it begins or ends with a letter of ASCII that no letter may stand next to, unless in another case. */
  readonly opensWord: boolean;
  readonly closesWord: boolean;
}

/**
 * The needles of which one stands wherever the literal does: mostly one, by the
 * longest part of the literal that is always written the same. Empty when there is none.
 */
export function needlesFor(literal: string, ignoreCase: boolean): Needle[] {
  const part = needleOfPart(literal, ignoreCase);
  if (!ignoreCase || (part !== null && (part.text.length >= TELLING || isPlain(literal)))) {
    return part === null ? [] : [part];
  }
  const spelled = needlesInBothCases(literal);
  if ((spelled[0]?.text.length ?? 0) > (part?.text.length ?? 0)) return spelled;
  return part === null ? needlesInAnyCase(literal) : [part];
}

/** True when the literal is written the same from end to end, cases aside, and so is its own needle. */
export function isPlain(literal: string): boolean {
  for (let at = 0; at < literal.length; at++) {
    const unit = literal.charCodeAt(at);
    if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x2f || unit === 0x5c) return false;
  }
  return literal.length >= 2;
}

function needleOfPart(literal: string, ignoreCase: boolean): Needle | null {
  if (isPlain(literal)) return needle(ignoreCase ? literal.toLowerCase() : literal, ignoreCase, 0);
  let best: Needle | null = null;
  for (const { index, 0: part } of literal.matchAll(ignoreCase ? SAFE_IN_ANY_CASE : SAFE)) {
    const text = bytewise(ignoreCase ? part.toLowerCase() : part);
    if (text.length >= 2 && text.length > (best?.text.length ?? 0)) best = needle(text, ignoreCase, index);
  }
  return best;
}

/** @param text its bytes, as one character each */
export function needle(text: string, ignoreCase: boolean, lead: number): Needle {
  return { text, ignoreCase, lead, opensWord: false, closesWord: false };
}

/** The UTF-8 bytes of the text, as one character each. */
export function bytewise(text: string): string {
  let bytes = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += text.charAt(at);
    else if (unit < 0x800) bytes += String.fromCharCode(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else if (unit >= 0xd800 && unit < 0xe000) return String.fromCharCode(...utf8.encode(text));
    else bytes += String.fromCharCode(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return bytes;
}

// Shorter parts of words stand in other words too.
const TELLING = 5;

/** Letters beyond ASCII have other bytes in the other case: needles for the longest part that holds at most two. */
function needlesInBothCases(literal: string): Needle[] {
  let best = "";
  for (const [part] of literal.matchAll(SAFE_IN_TWO_CASES)) {
    const found = withAtMostTwoBeyondAscii(part);
    if (found.length > best.length) best = found;
  }
  if (best.length < 2) return [];
  const lead = literal.indexOf(best);
  return spellingsOf(best).map((spelled) => needle(spelled, true, lead));
}

/** The bytes of the text, as one character each, with each character beyond ASCII in every case. */
function spellingsOf(text: string): string[] {
  let spellings = [""];
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !isBeyondAscii(text, at)) continue;
    const before = text.slice(from, at).toLowerCase();
    const cases = at === text.length ? [before] : casesOf(text.charAt(at)).map((one) => before + bytewise(one));
    spellings = spellings.flatMap((spelled) => cases.map((one) => spelled + one));
    from = at + 1;
  }
  return spellings;
}

/** The longest piece of the text that holds no more of such characters. */
function withAtMostTwoBeyondAscii(text: string): string {
  let best = "";
  let from = 0;
  let beyond = 0;
  for (let at = 0; at < text.length; at++) {
    if (isBeyondAscii(text, at)) beyond++;
    for (; beyond > 2; from++) if (isBeyondAscii(text, from)) beyond--;
    if (at + 1 - from > best.length) best = text.slice(from, at + 1);
  }
  return best;
}

function isBeyondAscii(text: string, at: number): boolean {
  return text.charCodeAt(at) > 0x7f;
}

/** Letters beyond ASCII have other bytes in the other case: a needle for each way to write the first two. */
function needlesInAnyCase(literal: string): Needle[] {
  const part = /[^"\\/\p{Cc}]{2}/u.exec(literal);
  if (part === null) return [];
  const [first, second] = Array.from(part[0], casesOf);
  return first!.flatMap((one) => second!.map((two) => needle(bytewise(one + two), false, part.index)));
}

/** The ways to write the character in another case, and the character itself. */
export function casesOf(character: string): string[] {
  return [...new Set([character, character.toLowerCase(), character.toUpperCase()])];
}

// JSON may or must escape ", \, / and control characters. Other characters it
// writes as they are, unless as \u: a leaf with such an escape is decoded first.
const SAFE = /[^"\\/\p{Cc}]+/gu;
// Letters beyond ASCII have another byte in the other case; scripts without case do not.
// Some letters of Greek have more than two forms.
const SAFE_IN_TWO_CASES = /[^"\\/\p{Cc}\p{Script=Greek}\u{10000}-\u{10ffff}]+/gu;
const SAFE_IN_ANY_CASE = /(?:[^"\\/\p{Cc}\P{ASCII}]|[^\p{ASCII}\p{Cc}\p{Lu}\p{Ll}\p{Lt}])+/gu;

const utf8 = new TextEncoder();
