/**
 * The text with its `{{name:…}}` templates filled. What looks like a live credential
 * is written as a template, so that no scanner of the repository takes it for one;
 * the same template always gives the same text.
 *
 * - `{{repeat:x:n}}`: x, n times
 * - `{{base62:n}}`, `{{hex:n}}`: n characters that look random
 * - `{{join:a:b:…}}`: a, b … one behind the other
 */
export function fillTemplates(text: string): string {
  return text.replace(/\{\{(repeat|base62|hex|join):([^{}]*)\}\}/g, (_, name: string, given: string) => {
    const parts = given.split(":");
    if (name === "join") return parts.join("");
    if (name === "repeat") return (parts[0] ?? "").repeat(Number(parts[1]));
    return scattered(name === "hex" ? HEX : BASE62, Number(parts[0]));
  });
}

const HEX = "0123456789abcdef";
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// A full-period linear congruential generator (Numerical Recipes), from a fixed seed.
function scattered(alphabet: string, length: number): string {
  let state = 20_240_229;
  let text = "";
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += alphabet[(state >>> 16) % alphabet.length];
  }
  return text;
}
