import { isLoopbackHost } from "../../core/net/address-class.ts";
import { parseIpAddress } from "../../core/net/ip-address.ts";
import { type HeaderList, headerValue } from "./header-list.ts";

/** Which names and which web pages a gateway answers to. */
export interface WebRules {
  isHostAllowed(headers: HeaderList): boolean;
  isOriginAllowed(headers: HeaderList): boolean;
  /** The origin of a page that the operator has named, as it came; null for any other and for none. */
  namedOrigin(headers: HeaderList): string | null;
}

export interface WebRuleOptions {
  /** Where the gateway listens. */
  readonly bindHost: string;
  readonly servesTls: boolean;
  /** Names beside addresses and those of this machine; null for any where the gateway serves a network. */
  readonly allowedHosts: readonly string[] | null;
  /** Null for none where nobody has to log in, and any where pages would need a credential that they do not have. */
  readonly allowedOrigins: readonly string[] | null;
  readonly asksForCredentials: boolean;
}

/**
 * The rules against web pages that use a browser on this machine or in this network as their way in. A page can give
 * its own name another address and then talk to the gateway as to itself (DNS rebinding): the name in `Host` tells. And
 * it can send some requests to anybody unasked: `Origin` and `Sec-Fetch-Site`, which pages cannot set, tell.
 */
export function webRules({
  bindHost,
  servesTls,
  allowedHosts,
  allowedOrigins,
  asksForCredentials,
}: WebRuleOptions): WebRules {
  const checksHosts = allowedHosts !== null || isLoopbackHost(bindHost);
  const names = new Set([bindHost, ...(allowedHosts ?? [])].map((name) => name.toLowerCase()));
  const checksOrigins = allowedOrigins !== null || !asksForCredentials;
  const origins = new Set((allowedOrigins ?? []).map((origin) => origin.toLowerCase()));
  const scheme = servesTls ? "https" : "http";

  const isHostAllowed = (headers: HeaderList): boolean => {
    if (!checksHosts) return true;
    const name = hostName(headerValue(headers, "host") ?? "");
    // An address is nobody's name: there is nothing to rebind.
    return name !== "" && (names.has(name) || isLoopbackHost(name) || name.endsWith(".localhost") || isAddress(name));
  };

  return {
    isHostAllowed,
    isOriginAllowed(headers) {
      if (!checksOrigins) return true;
      const origin = headerValue(headers, "origin")?.toLowerCase();
      const site = headerValue(headers, "sec-fetch-site")?.toLowerCase();
      if (origin === undefined) return site === undefined || site === "none" || site === "same-origin";
      if (origins.has(origin)) return true;
      // A page that this very server has sent; behind a rebound name it would be that of somebody else.
      const own = `${scheme}://${headerValue(headers, "host")?.toLowerCase()}`;
      return origin === own && isHostAllowed(headers);
    },
    namedOrigin(headers) {
      const origin = origins.size === 0 ? undefined : headerValue(headers, "origin");
      return origin !== undefined && origins.has(origin.toLowerCase()) ? origin : null;
    },
  };
}

/** The name in a Host header without its port, and without the dot that ends a full name. */
function hostName(host: string): string {
  const [, name = ""] = /^(\[[0-9a-f:.]+\]|[^:[\]]*)(?::\d{1,5})?$/i.exec(host.trim()) ?? [];
  return name.toLowerCase().replace(/\.$/, "");
}

function isAddress(name: string): boolean {
  return parseIpAddress(name) !== null;
}
