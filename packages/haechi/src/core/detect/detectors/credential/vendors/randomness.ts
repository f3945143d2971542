/** True when a token is what documents write in place of one: xxxx, 0000000, abcdefgh…, EXAMPLE, your_key_here. */
export function isPlaceholder(token: string): boolean {
  return BLANKED_OUT.test(token) || isMostlySequence(token);
}

const BLANKED_OUT =
  /x{4}|(.)\1{6}|example|placeholder|redacted|dummy|changeme|(?:your|insert|replace)[-_a-z]{0,12}(?:key|token|secret|here|id)|goes[-_]?here/i;

/**
 * True when most characters repeat the one before or follow it in the alphabet.
 * Capitals do not count: codes of capitals only are too short to tell.
 */
function isMostlySequence(token: string): boolean {
  let steps = 0;
  for (let at = 1; at < token.length; at++) {
    const step = token.charCodeAt(at) - token.charCodeAt(at - 1);
    const turn = token[at] === "0" && token[at - 1] === "9";
    if ((step === 0 || step === 1 || turn) && /[a-z\d]/.test(token[at]!)) steps++;
  }
  return steps * 2 >= token.length;
}

/**
 * True when a piece of the token between punctuation is long and looks random, 12
 * characters with both cases or 20, or when all of it together has both cases and does.
 */
export function looksRandom(token: string): boolean {
  const pieces = token.match(/[A-Za-z\d]{12,}/g) ?? [];
  if (pieces.some((piece) => (piece.length >= 20 || hasBothCases(piece)) && isMixed(piece))) return true;
  const joined = token.replace(/[^A-Za-z\d]/g, "");
  return joined.length >= 20 && hasBothCases(joined) && isMixed(joined);
}

function hasBothCases(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text);
}

/** True when the token looks random, its punctuation left out. */
export function looksRandomThroughout(token: string): boolean {
  return isMixed(token.replace(/[^A-Za-z\d]/g, ""));
}

/** True for a key of no known form: a UUID, or long and random, with marks at most where pieces of keys are joined. */
export function looksLikeKey(value: string): boolean {
  if (!/\d/.test(value) || isPlaceholder(value)) return false;
  if (UUID.test(value)) return true;
  if (value.length < 14 || !/^[\w~+/=-]{4,}(?:[.:][\w~+/=-]{6,}){0,3}$/.test(value)) return false;
  if (looksRandom(value)) return true;
  const joined = value.replace(/[^A-Za-z\d]/g, "");
  return joined.length >= 14 && (joined.match(/\d/g)?.length ?? 0) >= 3 && isMixed(joined) && !/[.:/]/.test(value);
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Letters and digits that alternate as those of names and words do not. Of random
 * characters, 62 in 100 are of another kind than the one before when both cases
 * occur, and 40 or more when one does; and few stand in runs of small letters.
 */
function isMixed(text: string): boolean {
  if (!/[A-Za-z]/.test(text)) return false;
  const alternations = text.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g)?.length ?? 0;
  if (!hasBothCases(text)) return /\d/.test(text) && alternations >= (text.length - 1) * 0.15;
  const inWords = text.match(/[a-z]{4,}/g)?.join("").length ?? 0;
  // One key of 20 to 40 characters in a hundred or so is without a digit.
  if (!/\d/.test(text))
    return text.length >= 14 && alternations >= (text.length - 1) * 0.36 && inWords <= text.length * 0.25;
  return alternations >= (text.length - 1) * 0.3 && inWords <= text.length * 0.4;
}
