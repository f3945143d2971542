import type { HeaderList } from "./header-list.ts";
import { connectionOptions, HOP_BY_HOP } from "./hop-by-hop.ts";

export interface UpstreamHeaderRules {
  /** The client's Authorization goes upstream; not where it holds what the gateway asks for. */
  readonly forwardsAuthorization: boolean;
  /** The other header that holds what the gateway asks for, lower-case; it goes nowhere. */
  readonly credentialHeader: string | null;
  /** The keys that clients have for the provider go upstream; not where the gateway sends one of its own. */
  readonly forwardsProviderKeys: boolean;
  /** Lower-case names that go upstream beyond the built-in list. */
  readonly forwardHeaders: readonly string[];
}

/**
 * The headers of a request that go upstream, flat and lower-case. What is not on a
 * list is dropped, so a credential of the gateway cannot leave by a name nobody thought of.
 * @param encoding `as-asked` lets the upstream compress, which only a body that nobody inspects may be
 */
export function upstreamHeaders(
  incoming: HeaderList,
  rules: UpstreamHeaderRules,
  encoding: "identity" | "as-asked" = "identity",
): string[] {
  const dropped = connectionOptions(incoming);
  const headers: string[] = [];
  let hasBody = false;
  let type: string | null = null;
  const codings: string[] = [];
  for (let at = 0; at < incoming.length; at += 2) {
    const name = incoming[at]!.toLowerCase();
    const value = incoming[at + 1]!;
    if (announcesBody(name, value)) hasBody = true;
    else if (name === "content-type") type ??= value;
    else if (name === "content-encoding") codings.push(name, value);
    else if (isForwarded(name, rules, encoding) && !dropped.has(name)) headers.push(name, value);
  }
  // Both in the client's words, as the body goes on in its bytes; what was sent without a type was read as JSON.
  if (hasBody) headers.push("content-type", type ?? "application/json", ...codings);
  if (encoding === "identity") headers.push("accept-encoding", "identity");
  return headers;
}

const FORWARDED: ReadonlySet<string> = new Set([
  "accept",
  "accept-language",
  "anthropic-beta",
  "anthropic-version",
  "openai-beta",
  "openai-organization",
  "openai-project",
  "user-agent",
  "x-goog-api-client",
]);

/** Where clients put their key for a provider, beside Authorization. */
const PROVIDER_KEYS: ReadonlySet<string> = new Set(["api-key", "x-api-key", "x-goog-api-key"]);

/** Never forwarded, whatever the configuration says: framing, other hops' headers and the gateway's own credentials. */
const NEVER: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  "accept-encoding",
  "authorization",
  "content-encoding",
  "content-length",
  "content-type",
  "cookie",
  "expect",
  "host",
  "set-cookie",
  "x-haechi-token",
]);

function isForwarded(name: string, rules: UpstreamHeaderRules, encoding: "identity" | "as-asked"): boolean {
  if (name === rules.credentialHeader) return false;
  if (FORWARDED.has(name)) return true;
  if (PROVIDER_KEYS.has(name)) return rules.forwardsProviderKeys;
  if (name === "authorization") return rules.forwardsAuthorization && rules.forwardsProviderKeys;
  if (name === "accept-encoding") return encoding === "as-asked";
  return rules.forwardHeaders.length > 0 && !NEVER.has(name) && rules.forwardHeaders.includes(name);
}

// RFC 9112 §6: a request has a body when it announces a length or a transfer coding.
function announcesBody(name: string, value: string): boolean {
  return (name === "content-length" && value !== "0") || name === "transfer-encoding";
}
