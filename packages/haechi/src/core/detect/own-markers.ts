/** A stretch that has the form of a marker of ours. Whether it is genuine, only a key or the vault can say. */
export interface OwnMarker {
  readonly kind: "token" | "redacted" | "encrypted";
  /** UTF-16 offsets of the whole marker, brackets included. */
  readonly start: number;
  readonly end: number;
  /** What stands after the colon: token id, entity type or envelope. */
  readonly inner: string;
}

/** Every marker in the text, from left to right. */
export function findOwnMarkers(text: string): OwnMarker[] {
  if (!text.includes("[")) return [];
  const markers: OwnMarker[] = [];
  for (const match of text.matchAll(MARKER)) {
    const { token, redacted, encrypted } = match.groups!;
    const kind = token !== undefined ? "token" : redacted !== undefined ? "redacted" : "encrypted";
    const inner = (token ?? redacted ?? encrypted)!;
    markers.push({ kind, start: match.index, end: match.index + match[0].length, inner });
  }
  return markers;
}

// A bracket opens each form and stands in none of the classes, so no stretch of a
// text is walked more than once however often a marker is begun.
const TYPE = "[a-z][a-z0-9_]{0,63}";
const MARKER = new RegExp(
  `\\[(?:TOKEN:(?<token>tok_${TYPE}_[0-9a-f]{16,128}|${TYPE}:[0-9a-f]{8,128})` +
    `|REDACTED:(?<redacted>${TYPE})` +
    `|HAECHI_ENC:(?<encrypted>[A-Za-z0-9_-]+))\\]`,
  "g",
);
