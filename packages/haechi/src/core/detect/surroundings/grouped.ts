/**
 * Source of a pattern for one value in several printed forms: its groups joined by
 * one separator throughout, for each of the separators ("" joins them directly). A
 * separator never changes half way, which is what keeps neighbouring columns apart.
 */
export function grouped(groups: readonly string[], separators: readonly string[]): string {
  const forms = separators.map((separator) => groups.join(Array.from(separator, (one) => `[${one}]`).join("")));
  return `(?:${forms.join("|")})`;
}
