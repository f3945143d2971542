import { type HeaderList, headerValues } from "./header-list.ts";

/** Headers that speak to the next hop only and are never passed on (RFC 9110 §7.6.1, RFC 9113 §8.2.2). */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const NONE: ReadonlySet<string> = new Set();

/** The lower-case names that a message's own Connection header makes hop-by-hop. */
export function connectionOptions(headers: HeaderList): ReadonlySet<string> {
  const values = headerValues(headers, "connection");
  if (values.length === 0 || (values.length === 1 && isPlain(values[0]!))) return NONE;
  return new Set(values.flatMap((value) => value.split(",")).map((option) => option.trim().toLowerCase()));
}

/** True for the two options that nearly every message carries and that name no header to drop. */
function isPlain(value: string): boolean {
  return value === "keep-alive" || value === "close";
}
