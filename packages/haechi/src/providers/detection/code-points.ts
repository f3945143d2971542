/** Offsets that count Unicode code points, as Python does, as offsets in UTF-16 units; null beyond the text. */
export function unitsFromCodePoints(text: string): (codePoints: number) => number | null {
  // Without surrogate pairs the two are the same.
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => (offset <= text.length ? offset : null);
  const units = [0];
  for (const character of text) units.push(units.at(-1)! + character.length);
  return (offset) => units[offset] ?? null;
}
