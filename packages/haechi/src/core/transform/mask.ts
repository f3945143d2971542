const SHOWN_AT_EACH_END = 2;
/** Up to this many characters, the ends would give away too much of the whole. */
const FULLY_MASKED_MAX = 8;

/** The replacement for `mask`: the first and last two characters stay; a text of 8 or fewer is stars alone. */
export function maskText(text: string): string {
  // Code points, so that no half of a surrogate pair is left behind.
  const characters = Array.from(text);
  const count = characters.length;
  if (count <= FULLY_MASKED_MAX) return "*".repeat(count);
  const first = characters.slice(0, SHOWN_AT_EACH_END).join("");
  const last = characters.slice(count - SHOWN_AT_EACH_END).join("");
  return first + "*".repeat(count - 2 * SHOWN_AT_EACH_END) + last;
}
