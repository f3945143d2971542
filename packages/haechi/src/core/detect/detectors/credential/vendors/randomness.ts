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

/** True when a piece of the token between punctuation is long, and looks random: 12 characters with both cases, or 20. */
export function looksRandom(token: string): boolean {
  return (token.match(/[A-Za-z\d]{12,}/g) ?? []).some(
    (piece) => isMixed(piece) && (piece.length >= 20 || (/[a-z]/.test(piece) && /[A-Z]/.test(piece))),
  );
}

/** True when the token looks random, its punctuation left out. */
export function looksRandomThroughout(token: string): boolean {
  return isMixed(token.replace(/[^A-Za-z\d]/g, ""));
}

/** Letters and digits that alternate more often than they do in names and words. */
function isMixed(text: string): boolean {
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  const alternations = text.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g)?.length ?? 0;
  const bothCases = /[a-z]/.test(text) && /[A-Z]/.test(text);
  return alternations >= (text.length - 1) * (bothCases ? 0.4 : 0.2);
}
