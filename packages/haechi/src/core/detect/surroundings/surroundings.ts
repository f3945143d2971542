// What a number stands in when it is no identifier. Each function fits
// `ContextWords.rejects`: it is given what stands right before and right behind a
// finding. A reach of 40 characters is enough for all of them.

type Surroundings = (before: string, after: string) => boolean;

/** True when one of the surroundings is what the finding stands in. */
export function anyOf(...surroundings: readonly Surroundings[]): Surroundings {
  return (before, after) => surroundings.some((standsIn) => standsIn(before, after));
}

/** In a digest, a commit id or other hex: at least four hex digits touch the finding, a letter among them. */
export function inHexRun(before: string, after: string): boolean {
  const touching = (/[\da-f]*$/i.exec(before)?.[0] ?? "") + (/^[\da-f]*/i.exec(after)?.[0] ?? "");
  return touching.length >= 4 && /[a-f]/i.test(touching);
}

/** In a dump of bytes: of the two groups of 2, 4 or 8 hex digits next to it on one side, one mixes digits and letters. */
export function inHexDump(before: string, after: string): boolean {
  const groups = /(?<![\w-])(?:[\da-f]{2}|[\da-f]{4}|[\da-f]{8})[ :](?:[\da-f]{2}|[\da-f]{4}|[\da-f]{8})[ :]$/i.exec(
    before,
  );
  const further = /^[ :](?:[\da-f]{2}|[\da-f]{4}|[\da-f]{8})[ :](?:[\da-f]{2}|[\da-f]{4}|[\da-f]{8})(?![\w-])/i.exec(
    after,
  );
  return [groups?.[0], further?.[0]].some((side) => side !== undefined && /\d[a-f]|[a-f]\d/i.test(side));
}

/** In a UUID (RFC 9562: 8-4-4-4-12 hex digits). */
export function inUuid(before: string, after: string): boolean {
  return (
    /(?<![\da-f])[\da-f]{8}-(?:[\da-f]{4}-){0,3}[\da-f]{0,12}$/i.test(before) ||
    /^[\da-f]{0,8}-(?:[\da-f]{4}-){0,3}[\da-f]{12}(?![\da-f])/i.test(after)
  );
}

/** In the path of a URL or of a file. A query is no path: its values are looked at. */
export function inPath(before: string, after: string): boolean {
  const open = /[^\s"'`<>()[\]{}|,;]*$/.exec(before)?.[0] ?? "";
  if (/[?&#=]/.test(open)) return false;
  if (/:\/\/[^/]+\/|^www\.|^(?:[A-Z]:|[.~])?[/\\][^/\\]+[/\\]/i.test(open)) return true;
  return /[\w.-][/\\][\w.-]*[/\\][\w.-]*$/.test(open) || (/[\w.][/\\]$/.test(open) && /^[/\\][a-z]/i.test(after));
}

/** In a decimal fraction: before or behind its point. */
export function inFraction(before: string, after: string): boolean {
  return /(?<![\p{L}\p{N}])\d*\.\d*$/u.test(before) || /^\d*\.\d/.test(after) || /^\d*e[+-]?\d/i.test(after);
}

/** In a point in time such as 2024-05-06T07:08:09.123456789Z (ISO 8601). */
export function inTimestamp(before: string, after: string): boolean {
  return /(?:\d{4}-\d{2}-\d{2}T|\d{2}:\d{2}:\d{2}[.,]\d*)$/.test(before) || /^T\d{2}:?\d{2}/.test(after);
}

/** In the number of a version: `v1.2.…`, `pkg@1.…`, `>=1.…`, `1.…-rc.1`. */
export function inVersion(before: string, after: string): boolean {
  return (
    /(?:(?<![\p{L}\p{N}])(?:v|ver|version|release|build|revision|rev)[ .:=]{0,2}|[@~^]|[<>=~!]=)[\d.]*$/iu.test(
      before,
    ) || /^[\d.]*[-+.](?:alpha|beta|rc|dev|snapshot|post|git|el\d|fc\d|deb|ubuntu)/i.test(after)
  );
}

/** In what is called a hash: `sha256:…`, `"integrity": "sha512-…"`, `md5 = …`, `commit …`. */
export function inFileHash(before: string): boolean {
  return /(?:sha-?\d{1,3}|md5|blake\d\w?|crc\d{0,2}|integrity|checksum|digest|hash|etag|commit|fingerprint)["']?[-:= (]{1,3}["']?[\w+/=-]*$/i.test(
    before,
  );
}

/** In a row of figures: the next one is a few blanks away on either side. Tabs part the fields of a record. */
export function amongFigures(before: string, after: string): boolean {
  return /\d {1,4}$/.test(before) || /^ {1,4}\d/.test(after);
}

/** In a table of figures: the line above or below holds figures, blanks and nothing else. */
export function inTableOfFigures(before: string, after: string): boolean {
  return /(?:^|\n)[\d \t.]*\d[ \t]*\r?\n[ \t]*$/.test(before) || /^[ \t]*\r?\n[ \t]*\d[\d \t.]*(?:\r?\n|$)/.test(after);
}

/** In a quantity: `size=…`, `duration_ns: …`, `… bytes`. */
export function inQuantity(before: string, after: string): boolean {
  return (
    /(?:size|length|count|total|amount|duration|elapsed|latency|took|time|timestamp|offset|bytes|seed)(?:_?[mnu]s)?["']?\s{0,2}[:= ]\s{0,2}$/i.test(
      before,
    ) || /^ ?(?:bytes?|[kmgt]i?b|[mnuµ]?s|seconds?|rows?|records?|items?|requests?|개|원|円|元)(?![a-z])/i.test(after)
  );
}

/** In the number of a part or of a series: behind letters and a hyphen, unless they say that a number follows. */
export function inPartNumber(before: string): boolean {
  return /[a-z]-$/i.test(before) && !NAME_OF_A_NUMBER.test(before);
}

const NAME_OF_A_NUMBER = /(?:no|nr|id|num|number|nummer|numero|ss|ssn|security|bsn|dni|nie|nif|aadhaar)-$/i;

/** Inside of an IBAN in groups of four (ISO 13616). */
export function inIban(before: string): boolean {
  return /(?<![A-Z\d])(?:IBAN)?[A-Z]{2}\d{2}[ .-](?:[A-Z\d]{4}[ .-]){0,6}$/i.test(before);
}

/** In something longer, of which no piece is a number of its own: hex, UUIDs, fractions, times, hashes. */
export const inLongerValue: Surroundings = anyOf(inHexRun, inHexDump, inUuid, inFraction, inTimestamp, inFileHash);

/** Whatever numbers stand in that are no identifiers. For shapes that many numbers share: paths hold identifiers too. */
export const inTechnicalNumber: Surroundings = anyOf(inLongerValue, inPath, inVersion);
