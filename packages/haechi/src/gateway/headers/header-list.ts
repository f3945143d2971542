/** Headers as they stand on the wire: names and values in turn. */
export type HeaderList = readonly string[];

/** The first value under a lower-case name; undefined when there is none. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  for (let at = 0; at < headers.length; at += 2) {
    if (isNamed(headers[at]!, name)) return headers[at + 1];
  }
  return undefined;
}

/** Every value under a lower-case name, in order. */
export function headerValues(headers: HeaderList, name: string): string[] {
  const values: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    if (isNamed(headers[at]!, name)) values.push(headers[at + 1]!);
  }
  return values;
}

/** The headers without those under a lower-case name. */
export function withoutHeader(headers: HeaderList, name: string): HeaderList {
  return headers.filter((_, at) => !isNamed(headers[at - (at % 2)]!, name));
}

// Field names are compared without regard to case (RFC 9110 §5.1); most differ in length already.
function isNamed(header: string, name: string): boolean {
  return header.length === name.length && (header === name || header.toLowerCase() === name);
}
