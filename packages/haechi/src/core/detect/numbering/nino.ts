/** True unless the first two letters are a prefix that HMRC does not use (NIM39110). */
export function hasNinoPrefix(text: string): boolean {
  return !UNUSED_PREFIXES.has(text.slice(0, 2).toUpperCase());
}

const UNUSED_PREFIXES = new Set(["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"]);
